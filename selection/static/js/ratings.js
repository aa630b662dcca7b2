// The list of one's forms: sends what waits on this device of forms that are closed here, and says what is left.

import { handBack, replayAll } from './capture/replay.js'
import { forgetPages } from './capture/keep.js'
import * as person from './capture/person.js'
import { arrive, unsentForms } from './capture/store.js'

const $list = document.querySelector('[data-capture-list]')
const account = Number($list.dataset.account)
const $words = $list.querySelector('[data-words]')
const AGAIN = 10_000

async function send () {
  const found = await replayAll(account, $list.dataset.token)
  const left = await unsentForms(account)
  const stuck = [...found.values()].filter((code) => code !== 'stored')
  const words = !left.length
    ? ''
    : `On this device, not with the server: work on ${left.length === 1 ? 'one form' : `${left.length} forms`}. ` +
      (stuck.some((code) => !['offline', 'busy', 'signed-out'].includes(code)) ? 'Open it to see what is to be done.' : 'It is sent by itself as soon as there is a connection.')
  if ($words.textContent !== words) $words.textContent = words
  $list.hidden = !words
  $list.dataset.left = left.length
}

async function start () {
  const before = person.here()
  if (before && before !== account) await forgetPages(before)
  person.arrive(account)
  await arrive(account, $list.dataset.key)
  await send()
  await tidy()
}

// What is sealed, or of a centre that is closed, leaves the device.
const tidy = () => handBack(account, $list.dataset.token)

start()
for (const event of ['online', 'focus']) window.addEventListener(event, () => send().then(tidy))
setInterval(send, AGAIN)
