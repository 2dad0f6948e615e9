package plan

import (
	"crypto/sha256"
	"encoding/hex"
)

// Hash is the SHA-256 (hex) of the plan's canonical JSON: struct members in their fixed order, maps by key.
// The plan's own ID is left out, so equal plans hash equal.
func Hash(p *Plan) string {
	c := *p
	c.ID = ""
	sum := sha256.Sum256(c.Raw())
	return hex.EncodeToString(sum[:])
}
