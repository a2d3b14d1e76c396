/** What the workflows and the webhook of a made-up business say. */

export const welcome = {
  name: 'Welcome new customers',
  trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } },
  steps: [
    { type: 'add_contact_tag', settings: { tags: ['customer'] } },
    {
      type: 'add_task',
      settings: {
        title: 'Welcome call with {{contact.name}}',
        body: '{{opportunity.name}} was won. Say thank you and agree on a first day.',
        assignedTo: '{{opportunity.assignedTo}}',
        dueIn: { days: 2 },
      },
    },
    { type: 'wait', settings: { for: { days: 3 } } },
    {
      type: 'if_else',
      settings: { conditions: [{ field: 'opportunity.monetaryValue', is: 'atLeast', value: 10000 }] },
      branches: {
        yes: [
          { type: 'add_contact_tag', settings: { tags: ['vip'] } },
          {
            type: 'add_notes',
            settings: { body: 'A large one: invite {{contact.companyName}} to the next open day.' },
          },
        ],
        no: [{ type: 'add_notes', settings: { body: 'The welcome letter went to {{contact.email}}.' } }],
      },
    },
  ],
}

export const followUp = {
  name: 'Follow up on stale deals',
  trigger: { type: 'opportunity_decay', filters: { days: 14, status: 'open' } },
  steps: [
    {
      type: 'add_task',
      settings: {
        title: 'Follow up on {{opportunity.name}}',
        body: 'Nothing was done for two weeks.',
        assignedTo: '{{opportunity.assignedTo}}',
        dueIn: { days: 1 },
      },
    },
    { type: 'wait', settings: { for: { days: 7 } } },
    {
      type: 'if_else',
      settings: { conditions: [{ field: 'opportunity.status', is: 'equals', value: 'open' }] },
      branches: { yes: [{ type: 'add_contact_tag', settings: { tags: ['needs attention'] } }], no: [] },
    },
  ],
}

export const ledger = {
  name: 'Ledger',
  url: 'https://ledger.example.com/hooks/pipewright',
  types: ['OpportunityStatusUpdate', 'ContactTagUpdate', 'TaskCreate'],
}
