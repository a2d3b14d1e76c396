import { Link } from 'wouter'
import type { Part } from './bars.ts'

interface Props {
  part: Part | undefined
  space: { x: number; y: number; width: number; height: number }
  isRow: boolean
  /** Of the bar, drawn by its first part: at the left, or above where there is no room. */
  name?: string
  nameWidth?: number
  isStacked?: boolean
}

/** A part of a bar: opens what is in it, tells it in full where the pointer rests, and bears its label at its end. */
export function Piece({ part, space, isRow, name, nameWidth = 0, isStacked = false }: Props) {
  if (!part) return null
  const { tone, says, label, href } = part
  const { x, y, width, height } = space
  const end = x + width
  const shape = width > 0 && height > 0 && (
    <rect {...(isStacked ? parted(space, isRow) : space)} rx={2} className={`chart-part ${tone}`}>
      <title>{says}</title>
    </rect>
  )
  return (
    <g>
      {name !== undefined && (
        <foreignObject
          x={0}
          y={nameWidth ? y + height / 2 - 10 : y - 22}
          width={nameWidth ? nameWidth - 16 : '100%'}
          height={20}
        >
          <div className="chart-name one-line" title={name}>
            {name}
          </div>
        </foreignObject>
      )}
      {shape && href ? (
        <Link href={href} tabIndex={-1}>
          {shape}
        </Link>
      ) : (
        shape
      )}
      {label && (
        <text
          className="chart-label"
          x={isRow ? end + (end > nameWidth ? 8 : 0) : x + width / 2}
          y={isRow ? y + height / 2 : y - 8}
          textAnchor={isRow ? 'start' : 'middle'}
          dominantBaseline={isRow ? 'central' : 'auto'}
        >
          {label}
        </text>
      )}
    </g>
  )
}

/** A line of nothing between the parts of a bar, where they are larger than that. */
function parted({ x, y, width, height }: Props['space'], isRow: boolean): Props['space'] {
  if (isRow) return { x, y, width: width > 2 ? width - 1 : width, height }
  return { x, y: height > 2 ? y + 1 : y, width, height: height > 2 ? height - 1 : height }
}
