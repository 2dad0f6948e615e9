package telemetry

// The names of OpenTelemetry's conventions for generative AI, as of semantic-conventions-genai of November 2026. They are still
// in development there: this file is the only place that knows them.
const (
	Operation      = "gen_ai.operation.name"
	ToolName       = "gen_ai.tool.name"
	ToolCallID     = "gen_ai.tool.call.id"
	ToolType       = "gen_ai.tool.type"
	ConversationID = "gen_ai.conversation.id"
	ProviderName   = "gen_ai.provider.name"
	ErrorType      = "error.type"
	RequestModel   = "gen_ai.request.model"
	InputTokens    = "gen_ai.usage.input_tokens"
	OutputTokens   = "gen_ai.usage.output_tokens"
	OutputType     = "gen_ai.output.type"

	OperationPlan = "plan"         // a sentence becomes a plan
	OperationTool = "execute_tool" // a capability of a service is called
	OperationChat = "chat"         // a language model is asked
)

// Names of our own beside them.
const (
	Service = "bangwo.service"
	Turn    = "bangwo.turn"
	Goals   = "bangwo.goals"
	Route   = "http.route"
	Method  = "http.request.method"
	Status  = "http.response.status_code"
)
