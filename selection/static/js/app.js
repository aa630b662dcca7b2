// Gives life to the components on the page. Every page works without it.

import {
  Accordion, Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, NotificationBanner,
  PasswordInput, Radios, ServiceNavigation, SkipLink, Tabs, createAll
} from 'govuk-frontend'
import { AddAnother } from '@ministryofjustice/frontend/moj/components/add-another/add-another.mjs'
import { Alert } from '@ministryofjustice/frontend/moj/components/alert/alert.mjs'
import { SortableTable } from '@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs'

import { Device } from './device.js'
import { LeaveWarning } from './leave-warning.js'
import { Print } from './print.js'
import { Working } from './working.js'

const components = [
  Accordion, AddAnother, Alert, Button, CharacterCount, Checkboxes, Device, ErrorSummary, FileUpload, LeaveWarning,
  NotificationBanner, PasswordInput, Print, Radios, ServiceNavigation, SkipLink, SortableTable, Tabs, Working
]

for (const component of components) {
  createAll(component)
}
