// The ways to leave a form: go on later, hand it back from this device, or seal it. All want everything with the server.

import { forget } from './keep.js'

// False if something stands in the way, which the page then says.
async function everythingIsStored (page) {
  page.sheet.finishNotes()
  for (let turn = 0; turn < 5; turn++) {
    const code = await page.sender.flush()
    if (code === 'stored') return true
    if (code !== 'sending') return false
  }
  return false
}

// Nothing of the form stays on this device; false if something stands in the way.
export async function giveBack (page) {
  if (!await everythingIsStored(page)) return false
  if ((await page.server.hold(await page.device(), 0, true)).code !== 'ok') return false
  page.stopped = 'handed back'
  await forget(page.account, page.form)
  return true
}

export async function handBack (page) {
  if (await giveBack(page)) location.assign('/centres/mine')
}

// Saving is going on all the time: its buttons only hurry it. Sealing is for the server, once it has everything.
export async function submit (page, event) {
  event.preventDefault()
  const { value: act, dataset } = event.submitter ?? { value: 'save', dataset: {} }
  if (!await everythingIsStored(page)) return page.status.$root.scrollIntoView({ block: 'nearest' })
  if (act !== 'seal') return 'leave' in dataset ? location.assign('/centres/mine') : undefined
  page.stopped = 'sealing'
  const { $form } = page
  const said = { version: page.queue.version, csrf_token: page.server.token, device: await page.device(), do: act }
  for (const [name, value] of Object.entries(said)) {
    const $said = $form.elements[name]?.type === 'hidden' ? $form.elements[name] : document.createElement('input')
    $form.append(Object.assign($said, { type: 'hidden', name, value }))
  }
  HTMLFormElement.prototype.submit.call($form)
}
