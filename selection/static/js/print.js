import { Component } from 'govuk-frontend'

// <button type="button" data-module="app-print" hidden>: shown where the browser can print.
export class Print extends Component {
  static moduleName = 'app-print'

  constructor ($root) {
    super($root)
    $root.hidden = false
    $root.addEventListener('click', () => window.print())
  }
}
