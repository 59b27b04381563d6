// Says in words when a browser gives no passkey; without it, only the console would know.
(() => {
  const show = id => { const words = document.getElementById(id); if (words) words.hidden = false }
  const isNumbers = /^[\d.]+$|:/.test(location.hostname)
  document.addEventListener('allauth.error', event => {
    event.preventDefault()
    show(isNumbers ? 'passkey_needs_name' : 'passkey_failed')
  })
})()
