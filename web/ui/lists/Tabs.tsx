import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'
import './lists.css'

export interface TabEntry {
  id: string
  label: string
  count?: number
  /** Drawn only while it is chosen. */
  content: ReactNode
}

interface Props {
  label: string
  tabs: TabEntry[]
  /** Absent: the tabs remember it themselves. */
  value?: string
  onChange?: (id: string) => void
}

export const Tabs = ({ label, tabs, value, onChange }: Props) => (
  <AriaTabs
    className="tabs"
    {...(value !== undefined && { selectedKey: value })}
    onSelectionChange={(id) => onChange?.(String(id))}
  >
    <TabList aria-label={label} className="tab-list">
      {tabs.map((tab) => (
        <Tab key={tab.id} id={tab.id} className="tab">
          {tab.label}
          {tab.count !== undefined && <span className="faint figures">{tab.count}</span>}
        </Tab>
      ))}
    </TabList>
    {tabs.map((tab) => (
      <TabPanel key={tab.id} id={tab.id} className="tab-panel">
        {tab.content}
      </TabPanel>
    ))}
  </AriaTabs>
)
