// What cannot simply be stored: the form was changed somewhere else, or does not take changes any more. A person decides.

import * as clash from './clash.js'
import { forget } from './keep.js'
import { join } from './store.js'

// Nothing more is typed until somebody has chosen; returns all that waits, the last of it on the disk too.
async function halt (page, code) {
  page.stop(code)
  page.sheet.finishNotes()
  await page.keeper.chain
  return join(await page.queue.pending(), page.keeper.take())
}

// Shows what the server has beside what waits here, and goes on from there with what was chosen.
export async function choose (page, { version, stored, labels }) {
  const yours = await halt(page, 'stale')
  for (const [name, value] of Object.entries(yours).filter(([name]) => name.startsWith('note-'))) {
    const evidence = name.replace('note', 'evidence')
    yours[evidence] = [yours[evidence] ?? stored[evidence], value].filter(Boolean).join('\n')
    delete yours[name]
  }
  const chosen = await clash.choose(page.$clash, page.$form, { labels, theirs: stored, yours })
  await page.queue.settle(version, chosen)
  page.goOn({ ...stored, ...chosen })
}

// Shows what is on this device alone, and forgets it only when somebody says so.
export async function giveUp (page, { code, messages = [] }) {
  const yours = await halt(page, code)
  if (Object.keys(yours).length) await clash.onlyHere(page.$clash, page.$form, { messages, labels: {}, yours })
  await page.queue.settle(page.queue.version, {})
  await page.server.hold(await page.device(), 0, true)
  await forget(page.account, page.form)
  location.assign('/centres/mine')
}
