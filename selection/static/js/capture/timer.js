// Counts down the length of the exercise; it goes on through a closed tab, and says in words when time is near or up.

import * as clock from './clock.js'
import { recall, remember } from './store.js'

const NEAR = 5

export class Timer {
  constructor ($root, key) {
    Object.assign(this, { $root, key })
    this.length = Number($root.dataset.minutes) * 60_000
    this.$left = $root.querySelector('[data-left]')
    this.$said = $root.querySelector('[data-said]')
    const [$start, $more, $stop] = ['start', 'more', 'stop'].map((name) => $root.querySelector(`[data-${name}]`))
    Object.assign(this, { $start, $more, $stop })
    $start.addEventListener('click', () => this.#keep({ begun: clock.now(), extra: 0 }))
    $more.addEventListener('click', () => this.#keep({ ...this.kept, extra: this.kept.extra + NEAR * 60_000 }))
    $stop.addEventListener('click', () => this.#keep(null))
  }

  async start () {
    this.kept = await recall(this.key)
    this.$root.hidden = false
    this.#show()
    setInterval(() => this.#show(), 1_000)
  }

  #keep (kept) {
    this.kept = kept
    this.said = undefined
    remember(this.key, kept).catch(() => {})
    this.#show()
  }

  #show () {
    const { kept, $start, $more, $stop } = this
    $start.hidden = Boolean(kept)
    $more.hidden = $stop.hidden = !kept
    const left = kept ? kept.begun + this.length + kept.extra - clock.now() : this.length
    const seconds = Math.floor(Math.abs(left) / 1_000)
    const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    this.$left.textContent = left < 0 ? `${words} over` : `${words} left`
    this.$root.dataset.state = !kept ? 'idle' : left < 0 ? 'over' : left < NEAR * 60_000 ? 'near' : 'running'
    this.#say(!kept ? '' : left < 0 ? 'Time is up.' : left < NEAR * 60_000 ? `${NEAR} minutes left.` : '')
  }

  #say (words) {
    if (this.said !== words) this.$said.textContent = this.said = words
  }
}
