import { loadModule, parseSync } from 'libpg-query'

/*
 * Whether a statement stays in one location, read from its tree as PostgreSQL's own parser makes it. Each mention of a
 * table that is spread by location must be tied to a value: by `t.location_id = $1`, or by being equal to the
 * `location_id` of another mention, in the same `from`, that is. What a `limit` cuts off inside a sub-select proves
 * nothing about the outside of it, so a sub-select's own ties are not passed on.
 */

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree has a hundred kinds of nodes
type Node = any

export interface Mention {
  table: string
  alias: string
  /** The value that its location is tied to: `$1`, or a constant; null where it is tied to none. */
  tie: string | null
}

export interface Reading {
  mentions: Mention[]
  /** What Citus refuses whatever the values are. */
  faults: string[]
  locks: boolean
}

const column = 'location_id'

/** To be awaited once, before `read`. */
export const ready = loadModule

/** The mentions of `tables` in a statement. */
export function read(text: string, tables: ReadonlySet<string>): Reading {
  const reading: Reading = { mentions: [], faults: [], locks: false }
  for (const { stmt } of parseSync(text).stmts as Node[]) readStatement(stmt, { tables, reading, names: new Set() })
  return reading
}

interface Reader {
  tables: ReadonlySet<string>
  reading: Reading
  /** Names that `with` gave. */
  names: ReadonlySet<string>
  outer?: Scope
}

/** What can be spoken of in one `from`: by alias, which value its location is tied to. */
interface Scope {
  aliases: string[]
  ties: Map<string, string>
  outer?: Scope | undefined
}

function readStatement(node: Node, reader: Reader): void {
  const [[kind, statement]] = Object.entries(node) as [[string, Node]]
  const own = { ...reader, names: readWith(statement.withClause, reader) }
  if (kind === 'SelectStmt') readSelect(statement, own)
  else if (kind === 'InsertStmt') readInsert(statement, own)
  else if (kind === 'UpdateStmt') readChange(statement, statement.fromClause, own)
  else if (kind === 'DeleteStmt') readChange(statement, statement.usingClause, own)
  else reader.reading.faults.push(`is no statement that this proof knows: ${kind}`)
}

function readWith(clause: Node, reader: Reader): ReadonlySet<string> {
  const names = new Set(reader.names)
  for (const { CommonTableExpr } of clause?.ctes ?? []) {
    readStatement(CommonTableExpr.ctequery, { ...reader, names })
    names.add(CommonTableExpr.ctename)
  }
  return names
}

function readSelect(select: Node, reader: Reader): void {
  if (select.op && select.op !== 'SETOP_NONE') {
    for (const side of [select.larg, select.rarg]) readStatement({ SelectStmt: side }, reader)
    return
  }
  if (select.lockingClause) reader.reading.locks = true
  const scope = readFrom(select.fromClause ?? [], select.whereClause, reader)
  const { fromClause: _, withClause: __, whereClause: ___, ...rest } = select
  readInside(rest, { ...reader, outer: scope })
}

/** Update and delete: the table itself, and those beside it. */
function readChange(statement: Node, beside: Node[] = [], reader: Reader): void {
  const scope = readFrom([{ RangeVar: statement.relation }, ...beside], statement.whereClause, reader)
  const { relation, fromClause: _, usingClause: __, withClause: ___, whereClause: ____, ...rest } = statement
  readInside(rest, { ...reader, outer: scope })
  const sets = (statement.targetList ?? []).some(({ ResTarget }: Node) => ResTarget.name === column)
  if (sets && reader.tables.has(relation.relname)) reader.reading.faults.push(`moves rows of ${relation.relname}`)
}

function readInsert(statement: Node, reader: Reader): void {
  const { relation, cols = [], selectStmt, onConflictClause } = statement
  const table = relation.relname
  const alias = relation.alias?.aliasname ?? table
  const at = cols.findIndex(({ ResTarget }: Node) => ResTarget.name === column)
  const { valuesLists, targetList, fromClause } = selectStmt?.SelectStmt ?? {}
  if (reader.tables.has(table)) {
    const rows: Node[][] = valuesLists?.map(({ List }: Node) => List.items) ?? [
      targetList?.map(({ ResTarget }: Node) => ResTarget.val) ?? [],
    ]
    for (const row of rows) reader.reading.mentions.push({ table, alias, tie: constantOf(row[at]) })
    checkConflict(table, onConflictClause, reader)
  }
  if (fromClause) readStatement(selectStmt, reader)
  const scope: Scope = { aliases: [alias, 'excluded'], ties: new Map() }
  readInside([onConflictClause, statement.returningList], { ...reader, outer: scope })
}

function checkConflict(table: string, clause: Node, { reading }: Reader) {
  const inferred = (clause?.infer?.indexElems ?? []).map(({ IndexElem }: Node) => IndexElem.name)
  if (inferred.length > 0 && !inferred.includes(column)) reading.faults.push(`meets rows of ${table} by another key`)
  const sets = (clause?.targetList ?? []).some(({ ResTarget }: Node) => ResTarget.name === column)
  if (sets) reading.faults.push(`moves rows of ${table}`)
}

/** Reads what stands in a `from`, and how its parts are tied by the conditions on them. */
function readFrom(items: Node[], where: Node, reader: Reader): Scope {
  const from: From = {
    scope: { aliases: [], ties: new Map(), outer: reader.outer },
    conditions: [where],
    mentions: [],
  }
  for (const item of items) readItem(item, from, reader)
  const { scope, conditions, mentions } = from
  tie(scope, conditions.flatMap(conjuncts))
  for (const mention of mentions) {
    reader.reading.mentions.push({ ...mention, tie: scope.ties.get(mention.alias) ?? null })
  }
  for (const condition of conditions) readInside(condition, { ...reader, outer: scope })
  return scope
}

interface From {
  scope: Scope
  conditions: Node[]
  mentions: { table: string; alias: string }[]
}

function readItem(item: Node, from: From, reader: Reader): void {
  const { RangeVar: named, JoinExpr: join, RangeSubselect: derived, RangeFunction: call } = item
  const alias = (named ?? derived ?? call)?.alias?.aliasname ?? named?.relname ?? ''
  if (join) {
    from.conditions.push(join.quals)
    for (const side of [join.larg, join.rarg]) readItem(side, from, reader)
    return
  }
  from.scope.aliases.push(alias)
  if (derived) {
    readStatement(derived.subquery, reader)
    const constant = constantLocation(derived.subquery.SelectStmt)
    if (constant) from.scope.ties.set(alias, constant)
  } else if (named && reader.tables.has(named.relname) && !reader.names.has(named.relname)) {
    from.mentions.push({ table: named.relname, alias })
  }
}

/** A sub-select that reads no table may give the location as a value: `(select $1 as location_id) o`. */
function constantLocation({ fromClause, targetList = [] }: Node): string | null {
  if (fromClause) return null
  const named = targetList.find(({ ResTarget }: Node) => ResTarget.name === column)
  return constantOf(named?.ResTarget.val)
}

/** Ties aliases to values, and to each other, until nothing new follows. */
function tie(scope: Scope, conditions: Node[]) {
  const equalities = conditions.flatMap(({ A_Expr: test }) => {
    const isEquality = test?.kind === 'AEXPR_OP' && test.name[0].String.sval === '='
    return isEquality ? [[test.lexpr, test.rexpr]] : []
  })
  for (let before = -1; before !== scope.ties.size; ) {
    before = scope.ties.size
    for (const [one, other] of [...equalities, ...equalities.map(([left, right]) => [right, left])]) {
      const alias = aliasOf(one, scope)
      const value = constantOf(other) ?? tieOf(other, scope)
      if (alias && value && !scope.ties.has(alias)) scope.ties.set(alias, value)
    }
  }
}

/** The value that a `location_id` elsewhere is tied to: of another part of this `from`, or of one around it. */
function tieOf(node: Node, scope: Scope): string | null {
  for (let around: Scope | undefined = scope; around; around = around.outer) {
    const alias = aliasOf(node, around)
    if (alias) return around.ties.get(alias) ?? null
  }
  return null
}

/** Whose `location_id` a node is, where it is of this very `from`. */
function aliasOf(node: Node, { aliases }: Scope): string | undefined {
  const names = (node?.ColumnRef?.fields ?? []).map(({ String: name }: Node) => name?.sval)
  if (names.at(-1) !== column) return undefined
  if (names.length === 1) return aliases.length === 1 ? aliases[0] : undefined
  return aliases.includes(names[0]) ? names[0] : undefined
}

function constantOf(node: Node): string | null {
  if (node?.ParamRef) return `$${node.ParamRef.number}`
  if (node?.A_Const?.sval) return `'${node.A_Const.sval.sval}'`
  return node?.TypeCast ? constantOf(node.TypeCast.arg) : null
}

function conjuncts(node: Node): Node[] {
  if (!node) return []
  return node.BoolExpr?.boolop === 'AND_EXPR' ? node.BoolExpr.args.flatMap(conjuncts) : [node]
}

/** The sub-selects within expressions. */
function readInside(node: Node, reader: Reader): void {
  if (typeof node !== 'object' || node === null) return
  if (node.SelectStmt) readStatement(node, reader)
  else for (const part of Object.values(node)) readInside(part, reader)
}
