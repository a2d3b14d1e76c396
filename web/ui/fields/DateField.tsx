import { type CalendarDate, parseDate } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Popover,
} from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import { Field, type FieldProps } from './Field.tsx'
import './calendar.css'

interface Props extends FieldProps {
  name?: string
  /** `2026-12-31` */
  value: string | null
  onChange: (day: string | null) => void
  isRequired?: boolean
  isDisabled?: boolean
}

/** A day, typed or picked; without a time, so that no zone moves it. */
export function DateField({ label, isLabelHidden, help, error, value, onChange, ...props }: Props) {
  return (
    <DatePicker
      {...props}
      value={value ? parseDate(value.slice(0, 10)) : null}
      onChange={(day: CalendarDate | null) => onChange(day ? day.toString() : null)}
      isInvalid={error ? true : undefined}
      className="field"
    >
      <Field label={label} isLabelHidden={isLabelHidden} help={help} error={error}>
        <Group className="control date-control" onKeyDownCapture={submitByEnter}>
          <DateInput className="date-input figures">
            {(segment) => <DateSegment segment={segment} className="date-segment" />}
          </DateInput>
          {value && !props.isRequired && (
            <Button slot={null} className="control-button" aria-label={ui.clear} onPress={() => onChange(null)}>
              <Icon icon={X} size={14} />
            </Button>
          )}
          <Button className="control-button" aria-label={ui.openCalendar}>
            <Icon icon={CalendarDays} size={14} />
          </Button>
        </Group>
      </Field>
      <Popover className="popover" offset={4}>
        <Dialog className="calendar-body">
          <Month />
        </Dialog>
      </Popover>
    </DatePicker>
  )
}

/** As in a field of text: by the form's button, unless that is pending. The parts of the date let no key out. */
function submitByEnter({ key, target }: KeyboardEvent) {
  if (key !== 'Enter' || !(target instanceof Element) || !target.matches('[role="spinbutton"]')) return
  target.closest('form')?.querySelector<HTMLButtonElement>('button[type="submit"]')?.click()
}

const Month = () => (
  <Calendar className="calendar">
    <header className="calendar-header">
      <Button slot="previous" className="control-button" aria-label={ui.previousMonth}>
        <Icon icon={ChevronLeft} />
      </Button>
      <CalendarHeading />
      <Button slot="next" className="control-button" aria-label={ui.nextMonth}>
        <Icon icon={ChevronRight} />
      </Button>
    </header>
    <CalendarGrid weekdayStyle="short">
      <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
      <CalendarGridBody>{(date) => <CalendarCell date={date} className="calendar-day" />}</CalendarGridBody>
    </CalendarGrid>
  </Calendar>
)
