// Where a part of the page is swapped, whoever used the keyboard stays where they were.
(() => {
  document.addEventListener('htmx:afterSettle', event => {
    const swapped = event.detail.target
    if (!swapped.classList.contains('item') || swapped.contains(document.activeElement)) return
    const first = swapped.querySelector('[autofocus], textarea, .deeds a')
    if (!first) return
    first.focus()
    if (first.setSelectionRange) first.setSelectionRange(first.value.length, first.value.length)
  })

  // Once somebody has said that it is right, what was about to be kept by itself is not sent after it.
  document.addEventListener('htmx:beforeRequest', event => {
    const asked = event.detail.elt, form = asked.closest('.writing')
    if (form && asked.name === 'done') form.dataset.done = 'yes'
    if (form && form === asked && form.dataset.done) event.preventDefault()
  })
  document.addEventListener('htmx:afterRequest', event => {
    const asked = event.detail.elt
    if (asked.name === 'done' && !event.detail.successful) delete asked.closest('.writing')?.dataset.done
    // What was wrong before and is kept now is wrong no longer.
    if (asked.matches('form.writing') && event.detail.xhr.responseText.includes('name="version"')) {
      asked.querySelectorAll('.error-summary, .errorlist').forEach(each => each.remove())
      asked.querySelectorAll('.wrong').forEach(each => each.classList.remove('wrong'))
      asked.querySelectorAll('[aria-invalid]').forEach(each => each.removeAttribute('aria-invalid'))
    }
  })
})()
