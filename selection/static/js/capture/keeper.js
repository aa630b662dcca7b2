// What is typed goes to the device's disk, one change after the other. What the disk does not take stays in this page,
// is tried again, and meanwhile goes to the server from here.

import { join } from './store.js'

const TRY_AGAIN = 2_000

export class Keeper {
  // `said` is told after each try: true if all that was typed is on the disk now.
  constructor (queue, said) {
    Object.assign(this, { queue, said, unkept: {}, busy: false, count: 0, chain: Promise.resolve() })
  }

  get isEmpty () {
    return !this.busy && !Object.keys(this.unkept).length
  }

  change (fields) {
    join(this.unkept, fields)
    this.busy = true
    this.count++
    this.chain = this.chain.then(() => this.#keep())
  }

  async #keep () {
    const taken = this.take()
    try {
      if (Object.keys(taken).length) await this.queue.change(taken)
      this.busy = Object.keys(this.unkept).length > 0
      this.said(!this.busy)
    } catch {
      this.unkept = join(taken, this.unkept)
      this.busy = false
      this.said(false)
      clearTimeout(this.again)
      this.again = setTimeout(() => this.change({}), TRY_AGAIN)
    }
  }

  // Hands out what is not on the disk, to whoever keeps it from now on.
  take () {
    const taken = this.unkept
    this.unkept = {}
    return taken
  }
}
