// The list of one's forms: sends what waits on this device of forms that are closed here, and says what is left.

import { arrive } from './capture/keep.js'
import * as person from './capture/person.js'
import { handBack, replayAll } from './capture/replay.js'
import { unsentForms } from './capture/store.js'

const $list = document.querySelector('[data-capture-list]')
const account = Number($list.dataset.account)
const $words = $list.querySelector('[data-words]')
const AGAIN = 10_000

async function send () {
  const found = await replayAll(account, $list.dataset.token)
  const left = await unsentForms(account)
  const much = left.length === 1 ? 'one form' : `${left.length} forms`
  const words = left.length ? `On this device, not with the server: work on ${much}. ${next([...found.values()])}` : ''
  if ($words.textContent !== words) $words.textContent = words
  $list.hidden = !words
  $list.dataset.left = left.length
}

// What is to be done about forms of which these are the states.
function next (codes) {
  if (codes.includes('signed-out')) return 'Your session has ended. Sign in again, and it is sent.'
  if (codes.some((code) => !['stored', 'offline', 'busy'].includes(code))) return 'Open it to see what is to be done.'
  return 'It is sent by itself as soon as there is a connection.'
}

async function start () {
  await arrive(account, $list.dataset.key)
  await send()
  await tidy()
}

// What is sealed, or of a centre that is closed, leaves the device.
const tidy = () => handBack(account, $list.dataset.token)

start()
for (const event of ['online', 'focus']) window.addEventListener(event, () => send().then(tidy))
setInterval(send, AGAIN)
window.addEventListener('storage', () => { if (person.here() !== account) location.reload() }) // in another tab
