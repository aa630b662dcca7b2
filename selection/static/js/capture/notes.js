// Notes of evidence: typed into a line of their own, they join the evidence with the time at which they were begun.

import * as clock from './clock.js'

export class Notes {
  // `$note` is the line, `$evidence` the field that it joins. While the evidence is not known here (`apart`), a finished
  // note goes to `onNote` instead, and the server adds it.
  constructor ($note, $evidence, onNote) {
    Object.assign(this, { $note, $evidence, onNote, apart: false, begunAt: null })
    $note.addEventListener('input', () => { this.begunAt ??= clock.onTheWall() })
    $note.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return
      event.preventDefault()
      this.finish()
    })
    $note.closest('.app-note').querySelector('button').addEventListener('click', (event) => {
      event.preventDefault()
      this.finish()
      $note.focus()
    })
  }

  // The line with its time; empty if nothing is being typed.
  get line () {
    const words = this.$note.value.trim()
    return words && `${this.begunAt ??= clock.onTheWall()} ${words}`
  }

  // The evidence with what is being typed.
  get whole () {
    const before = this.$evidence.value
    return this.line ? `${before}${before && !before.endsWith('\n') ? '\n' : ''}${this.line}` : before
  }

  finish () {
    if (!this.line) return
    if (this.apart) this.onNote(this.line)
    else if (this.whole.length <= this.$evidence.maxLength) this.$evidence.value = this.whole
    else return
    this.$note.value = ''
    this.begunAt = null
    this.$note.dispatchEvent(new Event('input', { bubbles: true }))
    this.begunAt = null
  }
}
