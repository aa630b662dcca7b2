// Says in words where the work is.

import * as clock from './clock.js'

const WORDS = {
  opening: 'Looking for what is kept on this device.',
  sending: 'On this device, on its way to the server.',
  offline: 'On this device, not with the server: there is no connection. It is sent by itself as soon as there is one. You can go on.',
  busy: 'On this device, not with the server: the server does not answer as it should. It is tried again by itself. You can go on.',
  'signed-out': 'On this device, not with the server: your session has ended. Sign in again as the same person, and it is sent. You can go on.',
  locked: 'On this device is work that this service cannot open any more, because its keys were changed. Tell your administrator before you go on.',
  left: 'You have signed out on this device. What was not sent is kept and is sent when you sign in again here.',
  other: 'Somebody else is signed in on this device now. What you typed is kept and is sent when you sign in again here.',
  stale: 'On this device, not with the server: the form was changed somewhere else. Choose below what counts.',
  closed: 'On this device only: the form does not change any more.',
  gone: 'On this device only: the form is not yours any more, or is not there.',
  refused: 'On this device, not with the server: something in the form cannot be stored. See below.',
  elsewhere: 'This form is open in another tab on this device. Write there, or take over here.',
  lost: 'Not kept on this device: the browser does not let us. Stay on this page until the server has everything.'
}

const ABOVE = 5 // pixels that stay above the words when the rest has scrolled away

export class Status {
  constructor ($root) {
    this.$root = $root
    this.$words = $root.querySelector('[data-words]')
    this.$signIn = $root.querySelector('[data-sign-in]')
    this.$again = $root.querySelector('[data-again]')
    $root.hidden = false
    new ResizeObserver(() => this.#measure()).observe($root)
  }

  // How high the bar is, and how much of that is above the words: for the styles, which keep it off what has the focus.
  #measure () {
    const away = this.$words.offsetTop - ABOVE
    const { style } = document.documentElement
    style.setProperty('--capture-height', `${this.$root.offsetHeight}px`)
    style.setProperty('--capture-away', `${Math.max(0, away)}px`)
  }

  // `kept` is true when all that was typed is on the device's disk.
  say (code, { kept = true } = {}) {
    const known = code === 'ahead' ? 'stale' : code
    const words = known === 'stored' ? `With the server: everything, at ${clock.onTheWall()}.` : WORDS[known] ?? WORDS.busy
    if (this.$words.textContent !== words) this.$words.textContent = words
    this.$root.dataset.state = known
    this.$root.dataset.kept = kept
    this.$signIn.hidden = !['signed-out', 'other', 'left'].includes(known)
    this.$again.hidden = known !== 'elsewhere'
  }

  // What cannot be stored as it is: each sentence leads to its field.
  showErrors (errors) {
    const $list = document.querySelector('[data-capture-errors]')
    $list.replaceChildren(...Object.entries(errors).flatMap(([name, sentences]) => sentences.map((sentence) => {
      const $line = document.createElement('li')
      const $field = document.getElementById(name)
      const label = $field?.type === 'textarea' && $field.labels[0].textContent.trim() // a choice is named by its sentence
      const textContent = label ? `${label}: ${sentence}` : sentence
      $line.append(Object.assign(document.createElement('a'), { href: `#${name || 'main-content'}`, textContent }))
      return $line
    })))
    $list.closest('.govuk-error-summary').hidden = !$list.children.length
  }
}
