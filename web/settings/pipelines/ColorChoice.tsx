import { useState } from 'react'
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { TextField } from '../../ui/fields/TextField.tsx'
import { Popover } from '../../ui/overlays/Popover.tsx'
import { colorNames, pipelineWords as words } from '../../words/settings/pipelines.ts'
import { isColor, palette } from './palette.ts'

interface Props {
  label: string
  color: string
  onChange: (color: string) => void
}

/** A dot that opens what it could be instead. */
export const ColorChoice = ({ label, color, onChange }: Props) => (
  <Popover
    label={label}
    trigger={
      <Button className="color-button" aria-label={label}>
        <span className="color-dot" style={{ background: color }} />
      </Button>
    }
  >
    {(close) => (
      <>
        <ToggleButtonGroup
          aria-label={label}
          className="color-palette"
          selectedKeys={[color.toUpperCase()]}
          onSelectionChange={([chosen]) => {
            if (chosen !== undefined) onChange(String(chosen))
            close()
          }}
        >
          {palette.map((one, at) => (
            <ToggleButton key={one} id={one} aria-label={colorNames[at] ?? one} className="color-swatch">
              <span className="color-dot" style={{ background: one }} />
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <HexField color={color} onChange={onChange} />
      </>
    )}
  </Popover>
)

function HexField({ color, onChange }: Omit<Props, 'label'>) {
  const [text, setText] = useState(color)
  return (
    <TextField
      label={words.hex}
      help={words.hexHelp}
      value={text}
      maxLength={7}
      isInvalid={!isColor(text)}
      onChange={(next) => {
        setText(next)
        if (isColor(next)) onChange(next.toUpperCase())
      }}
    />
  )
}
