import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { fieldWords as words } from '../../words/settings/fields.ts'
import { type FieldDraft, isChosenFrom, isTyped } from './field.ts'

interface Props {
  draft: FieldDraft
  change: (part: Partial<FieldDraft>) => void
}

/** What there is to say about a field of this type. */
export const FieldSettings = ({ draft, change }: Props) => (
  <>
    {isTyped(draft.dataType) && (
      <TextField
        label={words.placeholder}
        help={words.placeholderHelp}
        name="placeholder"
        value={draft.placeholder}
        onChange={(placeholder) => change({ placeholder })}
      />
    )}
    {isChosenFrom(draft.dataType) && (
      <>
        <TextField
          label={words.optionsLabel}
          help={words.optionsHelp}
          lines={4}
          value={draft.lines}
          onChange={(lines) => change({ lines })}
        />
        <Checkbox
          isSelected={draft.isAllowedCustomOption}
          onChange={(isAllowedCustomOption) => change({ isAllowedCustomOption })}
        >
          {words.ownOptions}
        </Checkbox>
      </>
    )}
    {draft.dataType === 'TEXTBOX_LIST' && (
      <TextField
        label={words.boxesLabel}
        help={words.boxesHelp}
        lines={4}
        value={draft.lines}
        onChange={(lines) => change({ lines })}
        isRequired
      />
    )}
    {draft.dataType === 'FILE_UPLOAD' && (
      <Checkbox isSelected={draft.isMultiFileAllowed} onChange={(isMultiFileAllowed) => change({ isMultiFileAllowed })}>
        {words.manyFiles}
      </Checkbox>
    )}
  </>
)
