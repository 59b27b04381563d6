"""Whole audits for hypothesis to draw, with the texts that files have always been tripped up by."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Source, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance, Sector, Sensitivity, Size

NASTY = (
    "=1+1",
    "\t=1",
    " =1",
    "＝1",
    "@SUM(A1)",
    "-2+3",
    "+44 20 7946 0000",
    "'=1",
    "''quoted",
    "'tis nothing",
    "ours; =cmd|' /C calc'!A0",
    "- one\n- two\r\n- three\r",
    "007",
    "1e5",
    "NO",
    "null",
    "~",
    "true",
    "2026-01-01",
    "12:30:45",
    "0x1F",
    "#N/A",
    "#REF!",
    " spaces at both ends  ",
    "   ",
    "\n",
    "a\rb\r\nc\x0bd\x0ce\x1ff",
    "\ufeffmarked",
    "_x000D_ and _x005F_",
    'say "no", please',
    "a: b # c",
    "- [x] {y} *z &w !v %u |t >s",
    "Zoë Åse – Ünïcode ﷽ 日本語 🌱 a\u0301",
    "\u202eturned\u2028round\u2029 \x85 next",
    "&lt;b&gt; <b>&amp;</b> ]]>",
    "",
)

_SAFE = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from(
    "\t\n\r\x0b\x0c\x1c\x1f\x85"
)
_SAFE_TEXT = st.text(_SAFE, max_size=40)
words = st.sampled_from(NASTY) | _SAFE_TEXT
names = words.filter(str.strip)
ids = words.map(str.strip).filter(bool)
shares = st.floats(0, 1)
steps = st.integers(1, 5)
codes = st.sampled_from([*taxonomy().capabilities, "trust.of-my-cat", "old.code"])
sources = st.none() | st.builds(Source, words, words, shares.map(abs), words)

vulnerabilities = st.builds(
    Vulnerability,
    codes,
    steps,
    st.none() | st.integers(1, 10**9 - 1),
    st.booleans(),
    st.none() | st.sampled_from(Sensitivity),
    st.sampled_from(Relevance),
    words,
    sources,
    st.booleans(),
)
offers = st.builds(
    Offer,
    codes,
    steps,
    steps,
    st.lists(st.sampled_from([*taxonomy().kinds]), max_size=4).map(tuple),
    words,
    words,
    sources,
    st.booleans(),
)
organisations = st.builds(
    Organisation,
    ids,
    names,
    st.sampled_from(Sector),
    st.sampled_from(("", "GB", "NO", "US")),
    words,
    st.sampled_from(Size),
    st.lists(vulnerabilities, max_size=4).map(tuple),
    st.lists(offers, max_size=4).map(tuple),
)
readinesses = st.builds(
    Readiness,
    st.none() | st.booleans(),
    st.none() | st.floats(0, 1e6).map(abs),
    st.none() | st.integers(0, 10**9 - 1),
)
audits = st.builds(
    Audit,
    organisations,
    readinesses,
    st.builds(Opening, words, words),
    st.none() | st.dates(date(1900, 1, 1)),
)
many = st.lists(organisations, max_size=4, unique_by=lambda one: one.id).map(tuple)
