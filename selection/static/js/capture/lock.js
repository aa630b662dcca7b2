// What waits on this device is locked with a key of the person whose it is. The service gives it to them when they are
// signed in, the device keeps it in a form that no script can read out, and it leaves the device with them.

const CIPHER = 'AES-GCM'
const keys = new Map()

export const nameOf = (account) => `key-${account}`

// Resolves to the key that is written so; to null where the browser has no ciphers, which is where the connection is not safe either.
export async function bring (account, written) {
  if (!globalThis.crypto.subtle || !written) return null
  const bytes = Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0))
  return crypto.subtle.importKey('raw', bytes, CIPHER, false, ['encrypt', 'decrypt'])
}

// Locks and unlocks with this key from now on.
export function take (account, key) {
  if (key) keys.set(account, key)
}

export const has = (account) => keys.has(account)

export async function lock (account, payload) {
  const key = keys.get(account)
  if (!key) return { payload }
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const words = new TextEncoder().encode(JSON.stringify(payload))
  return { locked: { iv, words: await crypto.subtle.encrypt({ name: CIPHER, iv }, key, words) } }
}

// Resolves to what was locked, or to null without the right key.
export async function unlock (account, locked) {
  const key = keys.get(account)
  if (!key) return null
  try {
    const words = await crypto.subtle.decrypt({ name: CIPHER, iv: locked.iv }, key, locked.words)
    return JSON.parse(new TextDecoder().decode(words))
  } catch {
    return null
  }
}
