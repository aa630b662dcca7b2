// Whose pages this device shows when there is no connection to ask: who was signed in here last.

const KEY = 'capture-person'

export const here = () => Number(localStorage.getItem(KEY)) || null

export function arrive (account) {
  localStorage.setItem(KEY, account)
}

export function leave (account) {
  if (here() === account) localStorage.removeItem(KEY)
}
