// The page of a rating form: works without this, by its buttons; with it, nothing that is typed is lost.

import { Page } from './capture/page.js'

const $form = document.querySelector('[data-capture]')
const takeOver = sessionStorage.getItem('capture-take-over') === $form.dataset.form
sessionStorage.removeItem('capture-take-over')
new Page($form).start({ takeOver })
