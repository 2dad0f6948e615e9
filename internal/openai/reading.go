package openai

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist/model"
)

// said is a message or a part of one.
type said struct {
	Content   string `json:"content"`
	ToolCalls []struct {
		Index    int `json:"index"`
		Function struct {
			Arguments string `json:"arguments"`
		} `json:"function"`
	} `json:"tool_calls"`
}

// chunk is a whole answer or one event of a stream.
type chunk struct {
	Choices []struct {
		Message      said   `json:"message"`
		Delta        said   `json:"delta"`
		FinishReason string `json:"finish_reason"`
	} `json:"choices"`
	Usage *struct {
		Prompt int `json:"prompt_tokens"`
		Answer int `json:"completion_tokens"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
}

// reading puts an answer together.
type reading struct {
	now      func() time.Time
	begun    time.Time
	first    time.Duration
	words    strings.Builder
	tool     strings.Builder
	finished string
	prompt   int
	spoken   int
	counted  bool
}

func (r *reading) take(c chunk) error {
	if len(c.Error) > 0 && string(c.Error) != "null" {
		return &broken{"an error in the middle: " + clip(string(c.Error), maxComplaint)}
	}
	if u := c.Usage; u != nil && u.Prompt >= 0 && u.Answer >= 0 && u.Prompt+u.Answer > 0 {
		r.prompt, r.spoken, r.counted = u.Prompt, u.Answer, true
	}
	if len(c.Choices) == 0 {
		return nil
	}
	one := c.Choices[0]
	for _, s := range []said{one.Message, one.Delta} {
		r.words.WriteString(s.Content)
		for _, t := range s.ToolCalls {
			if t.Index == 0 { // one call is asked for; others are no answer
				r.tool.WriteString(t.Function.Arguments)
			}
		}
	}
	if r.first == 0 && r.words.Len()+r.tool.Len() > 0 {
		r.first = r.now().Sub(r.begun)
	}
	if r.words.Len()+r.tool.Len() > maxAnswer {
		return &broken{"the answer is longer than the bound"}
	}
	if one.FinishReason != "" {
		r.finished = one.FinishReason
	}
	return nil
}

func (r *reading) whole(in io.Reader) error {
	raw, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	var c chunk
	if err := json.Unmarshal(raw, &c); err != nil {
		return &broken{"it is not JSON"}
	}
	if err := r.take(c); err != nil {
		return err
	}
	return r.ended()
}

func (r *reading) stream(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data:"))
		if !ok {
			continue
		}
		data = bytes.TrimSpace(data)
		if string(data) == "[DONE]" {
			return r.ended()
		}
		var c chunk
		if err := json.Unmarshal(data, &c); err != nil {
			return &broken{"an event is not JSON"}
		}
		if err := r.take(c); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return &broken{"an event is longer than the bound"}
		}
		return err
	}
	return r.ended()
}

// ended tells an answer that was finished from one that broke off.
func (r *reading) ended() error {
	switch r.finished {
	case "":
		return &broken{"the stream broke off"}
	case "length":
		return &broken{"the answer was cut at its bound"}
	case "content_filter":
		return &broken{"the endpoint withheld the answer"}
	}
	return nil
}

// tokenBytes is a rough measure of a token, for endpoints that do not count.
const tokenBytes = 4

func (r *reading) answer(sent int) model.Answer {
	a := model.Answer{PromptTok: r.prompt, AnswerTok: r.spoken, First: r.first}
	if !r.counted {
		a.PromptTok, a.AnswerTok, a.Estimated = sent/tokenBytes, (r.words.Len()+r.tool.Len())/tokenBytes, true
	}
	return a
}

// text is the JSON that was said: the arguments of the call, else the words; of plain words the object in them.
func (r *reading) text(f format) (string, error) {
	s := r.words.String()
	if f == byTool && r.tool.Len() > 0 {
		s = r.tool.String()
	}
	if i := strings.LastIndex(s, "</think>"); i >= 0 {
		s = s[i+len("</think>"):] // a reasoning model's thoughts are no answer
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return "", &broken{"the answer is empty"}
	}
	if from := strings.IndexByte(s, '{'); from > 0 {
		if to := strings.LastIndexByte(s, '}'); to > from {
			s = s[from : to+1]
		}
	} else if to := strings.LastIndexByte(s, '}'); from == 0 && to > 0 {
		s = s[:to+1]
	}
	return s, nil
}
