import { Component } from 'govuk-frontend'

// <form data-module="app-working" data-working="Checking the file…">: says that it is at work from the moment the form
// is sent until the next page comes, counts the seconds, and sends it once however often it is pressed.
export class Working extends Component {
  static moduleName = 'app-working'

  constructor ($root) {
    super($root)
    this.$status = document.createElement('p')
    this.$status.className = 'govuk-body app-working'
    this.$status.setAttribute('role', 'status')
    $root.append(this.$status)
    $root.addEventListener('submit', (event) => this.begin(event))
    window.addEventListener('pageshow', (event) => { if (event.persisted) this.end() })
  }

  begin (event) {
    if (this.since) {
      event.preventDefault()
      return
    }
    this.since = Date.now()
    this.$status.append(`${this.$root.dataset.working} `, this.clock())
    this.$root.setAttribute('aria-busy', 'true')
  }

  // The seconds are for the eye alone: read out one by one they would be in the way.
  clock () {
    const $seconds = document.createElement('span')
    $seconds.setAttribute('aria-hidden', 'true')
    this.ticking = setInterval(() => {
      $seconds.textContent = `(${Math.round((Date.now() - this.since) / 1000)} s)`
    }, 1000)
    return $seconds
  }

  end () {
    clearInterval(this.ticking)
    this.since = undefined
    this.$status.textContent = ''
    this.$root.removeAttribute('aria-busy')
  }
}
