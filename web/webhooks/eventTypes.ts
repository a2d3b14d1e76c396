/** What a webhook can be told of, as the form groups it; `*` stands for all of it and what is to come. */
export const eventGroups = [
  {
    id: 'opportunities',
    types: [
      'OpportunityCreate',
      'OpportunityUpdate',
      'OpportunityDelete',
      'OpportunityStageUpdate',
      'OpportunityStatusUpdate',
      'OpportunityMonetaryValueUpdate',
      'OpportunityAssignedToUpdate',
    ],
  },
  {
    id: 'contacts',
    types: ['ContactCreate', 'ContactUpdate', 'ContactDelete', 'ContactTagUpdate', 'ContactDndUpdate'],
  },
  { id: 'records', types: ['NoteCreate', 'NoteUpdate', 'NoteDelete', 'TaskCreate', 'TaskComplete', 'TaskDelete'] },
  { id: 'others', types: ['UserCreate', 'LocationUpdate'] },
] as const

export const every = '*'
export const eventTypes: string[] = eventGroups.flatMap(({ types }) => types)
