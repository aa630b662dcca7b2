// Keeps an opened form usable without a connection: its blank page and what that is made of, nothing that was written.

import * as person from './person.js'
import * as store from './store.js'

const SCOPE = '/centres/forms/'
const cacheOf = (account) => `capture-${account}`
const shell = (form) => `${SCOPE}${form}/offline`

export async function keep (account, form, version, workerUrl) {
  await store.keepForm(account, form, version)
  navigator.storage?.persist?.() // so that a full device does not throw away what waits; some browsers ask first
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register(workerUrl)
  const cache = await caches.open(cacheOf(account))
  const parts = [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src]')]
  await Promise.all(parts.map((part) => part.href ?? part.src).map(async (url) => {
    if (!await cache.match(url)) await cache.add(url)
  }))
  const response = await fetch(shell(form), { cache: 'no-store' })
  if (response.ok && !response.redirected) await cache.put(shell(form), response)
}

// An extra of some browsers: the worker sends what waits once there is a connection, even if the tab is closed by then.
export async function sendLater () {
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE)
  await registration?.sync?.register('capture').catch(() => {})
}

// The form is sealed or handed back: nothing of it stays here.
export async function forget (account, form) {
  sessionStorage.removeItem(`capture-${account}-${form}`)
  await store.forgetForm(account, form)
  if ('caches' in globalThis) await (await caches.open(cacheOf(account))).delete(shell(form))
}

// A person is at this device: somebody else's pages go before theirs come.
export async function arrive (account, key) {
  const before = person.here()
  if (before && before !== account) await forgetPages(before)
  person.arrive(account)
  await store.arrive(account, key).catch(() => {}) // a browser that keeps nothing
}

// Somebody leaves the device, or somebody else comes: the pages go and the key; what is not acknowledged waits, locked.
export async function forgetPages (account) {
  sessionStorage.clear()
  await store.leave(account).catch(() => {})
  if ('caches' in globalThis) await caches.delete(cacheOf(account))
}
