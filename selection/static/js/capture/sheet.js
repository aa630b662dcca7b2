// The form as it stands on the screen, and what the open tab remembers of it.

import * as fields from './fields.js'
import { Notes } from './notes.js'
import { Snapshot } from './snapshot.js'

export class Sheet {
  // A note that is finished while the evidence that it joins is not known here goes to `onNote`, as a change.
  constructor ($form, account, form, onNote) {
    this.$form = $form
    this.blind = false // true while it is not known here what the server has
    this.last = {}
    this.snapshot = new Snapshot(account, form)
    this.notes = [...$form.querySelectorAll('[name^="note-"]')].map(($note) =>
      new Notes($note, $form.elements[$note.name.replace('note', 'evidence')], (line) => onNote({ [$note.name]: line })))
  }

  // Every field as it stands; a note that is being typed counts as part of its evidence.
  get now () {
    const typed = fields.read(this.$form)
    for (const notes of this.notes) if (!notes.apart) typed[notes.$evidence.name] = notes.whole
    return typed
  }

  get isNoting () {
    return this.notes.some((notes) => notes.line)
  }

  // What was changed since this was asked last.
  changes () {
    const now = this.now
    const found = fields.changed(this.last, now)
    this.last = now
    return found
  }

  // Shows what the server has, as far as that is known, with what waits on this device over it.
  restore (served, pending, candidate) {
    this.blind = !served
    if (this.blind) this.#shut(pending)
    this.name(candidate)
    this.show({ ...served, ...pending })
  }

  show (values) {
    fields.write(this.$form, values)
    this.last = this.now
  }

  // What the server has is known again: a note that is being typed goes on as part of its evidence.
  learn (values, candidate) {
    fields.write(this.$form, values)
    this.last = this.blind ? fields.read(this.$form) : this.now
    if (!this.blind) return
    this.blind = false
    document.querySelector('[data-capture-blind]').hidden = true
    for (const $text of this.$form.querySelectorAll('textarea')) $text.readOnly = false
    for (const notes of this.notes) notes.apart = false
    this.name(candidate)
  }

  // What the server has is not known here: it can be added to, and chosen anew, but not written over unseen.
  #shut (pending) {
    document.querySelector('[data-capture-blind]').hidden = false
    for (const $text of this.$form.querySelectorAll('textarea')) $text.readOnly = !($text.name in pending)
    for (const notes of this.notes) notes.apart = notes.$evidence.readOnly
  }

  // The page that a device keeps names nobody; whose form it is, the tab remembers or the server says.
  name (candidate) {
    const $name = document.querySelector('[data-capture-candidate]')
    if (!candidate || !$name) return
    this.$form.dataset.candidate = candidate
    $name.textContent = ` of ${candidate}`
  }

  remember (version) {
    this.snapshot.take({ fields: this.last, version, candidate: this.$form.dataset.candidate }, this.blind)
  }

  finishNotes () {
    for (const notes of this.notes) notes.finish()
  }

  // Nothing of it is left on this page, or in this tab.
  clear () {
    this.snapshot.forget()
    document.querySelector('[data-capture-private]').replaceChildren()
    document.querySelector('[data-capture-clash]').replaceChildren()
    document.querySelector('[data-capture-timer]').hidden = true
    document.querySelector('.app-header__account')?.remove()
  }
}
