import { BarChart, type BarShapeProps, Bar as Series, XAxis, YAxis } from 'recharts'
import type { Bar, BarsProps } from './bars.ts'
import { heightOf } from './bars.ts'
import { Piece } from './Piece.tsx'
import { useWidth } from './useWidth.ts'

const nameWidth = 176
const letter = 6.8

/** Drawn at once and without motion: a figure that is still growing cannot be read. */
export function Bars({ isNarrow, ...props }: BarsProps & { isNarrow: boolean }) {
  const { bars, form, isStacked = false } = props
  const [width, ref] = useWidth()
  const isRows = form === 'rows'
  const ids = bars[0]?.parts.map(({ id }) => id) ?? []
  const left = isRows && !isNarrow ? nameWidth : 0
  const margin = isRows ? { top: 0, right: roomFor(bars), bottom: 0, left } : { top: 24, right: 0, bottom: 0, left: 0 }
  return (
    <div ref={ref}>
      {width > 0 && (
        <BarChart
          width={width}
          height={heightOf(props, isNarrow)}
          data={bars.map(rowOf)}
          layout={isRows ? 'vertical' : 'horizontal'}
          margin={margin}
          barCategoryGap={isRows ? 0 : '18%'}
          barGap={4}
          accessibilityLayer={false}
        >
          <XAxis {...(isRows ? amounts : { ...names, tick: { className: 'chart-tick' } })} />
          <YAxis {...(isRows ? { ...names, hide: true } : amounts)} />
          {ids.map((id, at) => (
            <Series
              key={id}
              dataKey={id}
              {...(isStacked && { stackId: 'all' })}
              {...(isRows && { barSize: 18 })}
              isAnimationActive={false}
              shape={(shape: BarShapeProps) => {
                const bar = bars[shape.index] as Bar
                const { x, y, width, height } = shape
                const space = { x, y, width, height }
                return (
                  <Piece
                    part={bar.parts[at]}
                    space={space}
                    isRow={isRows}
                    isStacked={isStacked}
                    {...(isRows && at === 0 && { name: bar.name, nameWidth: left })}
                  />
                )
              }}
            />
          ))}
        </BarChart>
      )}
    </div>
  )
}

const names = { type: 'category', dataKey: 'name', axisLine: false, tickLine: false, interval: 0, height: 28 } as const
const amounts = { type: 'number', hide: true, domain: [0, (most: number) => most || 1] } as const

const rowOf = ({ id, name, parts }: Bar) => ({
  id,
  name,
  ...Object.fromEntries(parts.map(({ id, amount }) => [id, amount])),
})

/** At the end of the longest bar its label still has to find room. */
const roomFor = (bars: Bar[]) =>
  16 + letter * Math.max(0, ...bars.flatMap(({ parts }) => parts.map(({ label = '' }) => label.length)))
