// Sends what waits on this device, within two seconds and then again by itself until the server has it.

import { sendLater } from './keep.js'

const SEND_WITHIN = 1_200
const TRY_AGAIN = [2_000, 4_000, 8_000, 15_000]
const WAITS = new Set(['offline', 'busy', 'lost'])

export class Sender {
  // `page` says when to stop, reads the form again where the server has more, and hears what came back.
  constructor (page, queue, keeper) {
    Object.assign(this, { page, queue, keeper, failures: 0, at: null, running: null })
  }

  soon (within = SEND_WITHIN) {
    this.at ??= setTimeout(() => {
      this.at = null // it may find another one on its way, which is then followed by one more
      this.flush()
    }, within)
  }

  // Resolves to where the work is then, in the words of `status.js`.
  flush () {
    this.running ??= this.#flush().finally(() => { this.running = null })
    return this.running
  }

  async #flush () {
    clearTimeout(this.at)
    this.at = null
    await this.keeper.chain
    if (this.page.stopped) return this.page.stopped
    const answer = await this.#send()
    this.#again(answer.code)
    if (answer.code === 'sending') this.soon() // typed while the last was on its way
    else await this.page.told(answer)
    return answer.code
  }

  async #send () {
    try {
      const answer = await this.queue.flush(this.keeper)
      if (answer.code !== 'stored') return answer
      await this.page.refresh()
      return { code: (await this.queue.operations()).length || !this.keeper.isEmpty ? 'sending' : 'stored' }
    } catch {
      return { code: 'lost' } // the disk cannot be read now
    }
  }

  #again (code) {
    this.failures = WAITS.has(code) ? this.failures + 1 : 0
    if (!WAITS.has(code) && code !== 'signed-out') return
    clearTimeout(this.later)
    this.later = setTimeout(() => this.flush(), TRY_AGAIN[Math.min(this.failures, TRY_AGAIN.length - 1)])
    if (this.failures === 1) sendLater()
  }
}
