// Sends what waits of forms that are not open: from the list of forms, from an open form for the others, on leaving, and
// in the background.

import { forget } from './keep.js'
import { Queue } from './queue.js'
import { Server } from './server.js'
import * as store from './store.js'
import { unlessOpen } from './tab.js'

// Returns by form what stands in the way, or 'stored'; forms that a tab has open are left to it.
export async function replayAll (account, token, { but } = {}) {
  const found = new Map()
  for (const form of await store.unsentForms(account)) {
    if (form === but) continue
    await unlessOpen(account, form, async () => {
      const kept = await store.keptForm(account, form)
      const server = new Server(account, form, token)
      const { code } = await new Queue({ account, form, version: kept?.version ?? 0 }, server).flush()
      found.set(form, code)
      if (code === 'stored') await server.hold(await store.deviceId(), 0)
    })
  }
  return found
}

export async function replayOthers ({ account, form, server, stopped }) {
  if (!stopped) await replayAll(account, server.token, { but: form }).catch(() => {}) // an open form is sent without
}

// Hands back the forms of which nothing waits: all of them, or those only that do not change any more.
export async function handBack (account, token, { all = false } = {}) {
  const unsent = new Set(await store.unsentForms(account))
  for (const { form } of await store.keptForms(account)) {
    if (unsent.has(form)) continue
    await unlessOpen(account, form, async () => {
      const server = new Server(account, form, token)
      const state = all ? { closed: 'The person leaves.' } : await server.state()
      if (!state.closed && state.code !== 'gone') return
      if (state.code === 'gone' || (await server.hold(await store.deviceId(), 0, true)).code === 'ok') await forget(account, form)
    })
  }
}
