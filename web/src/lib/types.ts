/** The words of the HTTP API and of a conversation's events, as the server sends them. Amounts are minor units. */

export interface Money { amount: number; currency: string }
export interface Balance extends Money { available: number }

export interface Address { label: string; name: string; phone: string; detail: string; latitude?: number; longitude?: number }
export interface Consent { service: string; value: string; always: boolean }
export interface Profile { name: string; phone: string; addresses: Address[]; place: string; consents: Consent[] }
export interface Person { id: string; name: string }
export interface Me extends Person { lang: string; balance: Balance; profile: Profile }
export interface Capability { name: string; title: string; description: string; effect: string }
export interface Service {
  id: string; name: string; description?: string; track: string; sandbox?: boolean
  capabilities?: Capability[] | null; examples?: string[] | null; labels?: Record<string, string> | null
}
export interface Conversation { id: string; title: string; updated: string }

export interface Line { title: string; options?: string[]; quantity: number; amount: number }
export interface Detail { label: string; value: string }
export interface Quote {
  goal: string; service: string; payee: string; payee_name: string; sandbox?: boolean; order_ref?: string
  lines: Line[] | null; amount: Money; estimated?: boolean; address?: string; time?: string; details?: Detail[]; expires?: string
}
export type Policy = 'all' | 'some'
export interface Bundle { id: string; turn: string; person: string; orders: Quote[]; total: Money; policy: Policy; plan_hash: string; expires: string }
export type OrderState =
  | 'quoted' | 'confirmed' | 'held' | 'placing' | 'placed' | 'fulfilled' | 'failing' | 'failed' | 'cancelled' | 'refunded'
export interface Order {
  id: string; bundle: string; turn: string; person: string; quote: Quote; state: OrderState; hold?: string
  paid?: Money; reason?: string; result?: unknown; created: string; updated: string
}
export interface Receipt {
  order: Order
  payments: { payee: string; name: string; amount: number; currency: string; status: string; at: string }[] | null
  mandate: { hash: string; at: string }
  steps: { title: string; state: string; at: string }[] | null
}
export interface Wallet { balance: Balance; entries: WalletEntry[] | null }
export interface WalletEntry { at: string; memo: string; hold?: string; amount: number; currency: string; status: string }

export interface TurnStarted { turn: string; text: string; lang: string; at: string }
export interface Goal { id: string; text: string; title: string; count?: number; options?: string[]; service?: string }
export interface Goals { turn: string; engine: string; goals: Goal[] | null }
export interface ModelUse { turn: string; model: string; outcome: 'used' | 'agreed' | 'rejected' | 'failed'; requests: number; prompt_tokens: number; answer_tokens: number; elapsed_ms: number }
export interface StepView { id: string; goal: string; service: string; capability: string; title: string; effect: string; needs: string[] | null }
export interface PlanMade { turn: string; hash: string; steps: StepView[] | null }
export type StepState = 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped' | 'compensated'
export interface StepChanged {
  turn: string; id: string; goal: string; title: string; state: StepState; progress?: number; note?: string; elapsed_ms?: number
}
export type QuestionKind = 'text' | 'choice' | 'consent' | 'form' | 'confirm'
export interface Choice { value: string; label: string; detail?: string; amount?: number }
export interface Question {
  pause: string; turn: string; goal?: string; kind: QuestionKind; text: string; choices?: Choice[]; schema?: unknown; expires: string
}
export interface Answer { value?: string; form?: unknown; approve?: boolean; hash?: string; policy?: Policy }
export interface Answered { pause: string; turn: string; state: string; answer?: Answer }
export interface CardItem { title: string; detail?: string; amount?: number; chosen?: boolean; why?: string }
export interface Handoff { path: string; query: string; payload?: unknown; title?: string }
export interface Card { turn: string; goal: string; kind: string; title: string; items?: CardItem[]; details?: Detail[]; handoff?: Handoff }
export interface Change { goal: string; what: string; before: string; after: string }
export interface BundleShown { pause: string; turn: string; hash: string; bundle: Bundle; balance: number; changes?: Change[] }
export interface Payment {
  turn: string; order: string; payee: string; name: string; amount: number; currency: string; status: string; sandbox?: boolean
}
export interface Reply { turn: string; text: string }
export type Outcome = 'done' | 'question' | 'waiting' | 'refused' | 'failed'
export interface Done { turn: string; outcome: Outcome; code?: string }

/** One event of the stream: its sequence in the conversation, its type and its data. */
export interface StreamEvent { seq: number; type: string; data: unknown }
