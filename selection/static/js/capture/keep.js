// Keeps an opened form usable without a connection: its blank page and what that is made of, nothing that was written.

import { forgetForm, keepForm } from './store.js'

const cacheOf = (account) => `capture-${account}`
const shell = (form) => `/centres/forms/${form}/offline`

export async function keep (account, form, version, workerUrl) {
  await keepForm(account, form, version)
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register(workerUrl)
  registration.active?.postMessage('tidy')
  const cache = await caches.open(cacheOf(account))
  const parts = [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src]')]
  await Promise.all(parts.map((part) => part.href ?? part.src).map(async (url) => {
    if (!await cache.match(url)) await cache.add(url)
  }))
  const response = await fetch(shell(form), { cache: 'no-store' })
  if (response.ok && !response.redirected) await cache.put(shell(form), response)
  await registration.sync?.register('capture').catch(() => {}) // an extra: without it, the page sends when it is open
}

// The form is sealed or handed back: nothing of it stays here.
export async function forget (account, form) {
  sessionStorage.removeItem(`capture-${account}-${form}`)
  await forgetForm(account, form)
  if ('caches' in globalThis) await (await caches.open(cacheOf(account))).delete(shell(form))
}

// Somebody leaves the device, or somebody else comes: the pages go, what is not acknowledged waits unseen.
export async function forgetPages (account) {
  sessionStorage.clear()
  if ('caches' in globalThis) await caches.delete(cacheOf(account))
}
