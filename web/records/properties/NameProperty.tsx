import { TextProperty } from './fields.tsx'

interface Props {
  label: string
  name: string
  value: string
  save: (name: string) => Promise<unknown>
  foresee?: (name: string) => () => void
  isReadOnly: boolean
}

/** What a record is called, as its heading: changed by writing into it. */
export const NameProperty = ({ save, foresee, ...props }: Props) => (
  <div className="record-name">
    <TextProperty
      {...props}
      isLabelHidden
      isRequired
      isHeading
      save={(name) => save(name ?? '')}
      {...(foresee && { foresee: (name) => foresee(name ?? '') })}
    />
  </div>
)
