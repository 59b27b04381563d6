// Putting a list in order by drag or by the arrow keys. The buttons beside each line do the same without this.
(() => {
  const form = document.getElementById('ordering'), said = document.getElementById('moved')
  const lines = () => [...form.querySelectorAll('li[data-id]')]
  const lineOf = element => element.closest('li[data-id]')
  let before = '', held = null, moved = ''

  const order = () => lines().map(line => line.dataset.id).join(',')

  function show() {
    form.querySelectorAll('.handle').forEach(handle => { handle.hidden = false })
    if (moved) document.getElementById(moved)?.focus()
    moved = ''
  }

  function tell(line) {
    const all = lines()
    said.textContent = said.dataset.said.replace('{about}', line.dataset.about)
      .replace('{place}', all.indexOf(line) + 1).replace('{all}', all.length)
  }

  function number() {
    lines().forEach((line, place) => { line.querySelector('input[type=number]').value = place + 1 })
  }

  function keep(line) {
    number()
    tell(line)
    moved = line.querySelector('.handle').id
    form.elements.order.value = order()
    htmx.trigger(form, 'reordered')
  }

  form.addEventListener('keydown', event => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step || !event.target.classList.contains('handle')) return
    event.preventDefault()
    const line = lineOf(event.target)
    const other = step < 0 ? line.previousElementSibling : line.nextElementSibling
    if (!other) return
    other[step < 0 ? 'before' : 'after'](line)
    event.target.focus()
    keep(line)
  })

  form.addEventListener('pointerdown', event => {
    const handle = event.target.closest('.handle')
    if (!handle || event.button) return
    held = lineOf(handle)
    before = order()
    held.classList.add('held')
    handle.setPointerCapture(event.pointerId)
  })

  form.addEventListener('pointermove', event => {
    if (!held) return
    const under = lines().find(line => {
      const box = line.getBoundingClientRect()
      return line !== held && event.clientY > box.top && event.clientY < box.bottom
    })
    if (!under) return
    const box = under.getBoundingClientRect()
    under[event.clientY < box.top + box.height / 2 ? 'before' : 'after'](held)
  })

  function drop(isKept) {
    if (!held) return
    const line = held
    held = null
    line.classList.remove('held')
    if (isKept && order() !== before) keep(line)
  }

  form.addEventListener('pointerup', () => drop(true))
  form.addEventListener('pointercancel', () => drop(true))
  form.addEventListener('htmx:afterSettle', show)
  show()
})()
