import pytest

from lichen.errors import ExtraNeeded, InputError, LichenError, Problem


def test_input_error_tells_every_problem_at_once():
    problems = (Problem("the name is missing", "a name", row=2), Problem("severity is not a number", "1 to 5", row=7))
    with pytest.raises(ValueError, match="row 2: the name is missing") as caught:
        raise InputError(problems)
    assert caught.value.problems == problems
    assert str(caught.value).count("\n") == 1


def test_problem_says_where_it_is_as_a_person_would():
    problem = Problem("it is empty", "", file="audit.xlsx", sheet="What we lack", row=6, column="severity")
    assert str(problem) == "audit.xlsx, sheet What we lack, row 6, column severity: it is empty"
    assert str(Problem("it is empty", "a name")) == "it is empty; right would be: a name"


def test_a_missing_extra_is_named_and_is_an_import_error():
    refusal = ExtraNeeded("charts", "Drawing a picture")
    assert isinstance(refusal, ImportError)
    assert isinstance(refusal, LichenError)
    assert str(refusal) == (
        "Drawing a picture needs the optional part lichen[charts]. "
        "In the folder that Lichen was installed from: .venv/bin/pip install '.[charts]'"
    )
