// The service worker of the forms: its scope is /centres/forms/. Without a connection it gives the kept blank form in
// the place of the form; it keeps nothing by itself but the styles and scripts of an exact version.

import { replayAll } from './replay.js'
import { recall } from './store.js'

const FORM = /^\/centres\/forms\/\d+$/
const PATIENCE = 5_000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate' && FORM.test(url.pathname)) event.respondWith(form(request, url))
  else if (url.pathname.startsWith('/static/')) event.respondWith(part(request))
})

async function form (request, url) {
  const kept = await caches.match(`${url.pathname}/offline`)
  try {
    const response = await (kept ? inTime(fetch(request)) : fetch(request))
    return kept && response.status >= 500 ? kept : response
  } catch (failed) {
    if (kept) return kept
    throw failed
  }
}

const inTime = (response) => Promise.race([response,
  new Promise((resolve, reject) => setTimeout(() => reject(new Error('too slow')), PATIENCE))])

async function part (request) {
  return await caches.match(request) ?? fetch(request)
}

// An extra of some browsers: there is a connection again. An open form sends its own; the others are sent from here. As
// long as something cannot be sent, the browser is told so, and tries again.
self.addEventListener('sync', (event) => event.waitUntil(sendAll()))

async function sendAll () {
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage('flush')
  const account = await recall('account')
  const codes = account ? [...(await replayAll(account)).values()] : []
  if (codes.some((code) => code === 'offline' || code === 'busy')) throw new Error('not everything is sent')
}
