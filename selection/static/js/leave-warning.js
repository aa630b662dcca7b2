import { Component } from 'govuk-frontend'

// <form data-module="app-leave-warning">: asks before what was typed and not saved is left behind.
export class LeaveWarning extends Component {
  static moduleName = 'app-leave-warning'

  constructor ($root) {
    super($root)
    let changed = false
    $root.addEventListener('input', () => { changed = true })
    $root.addEventListener('submit', () => { changed = false })
    window.addEventListener('beforeunload', (event) => {
      if (changed) event.preventDefault()
    })
  }
}
