package skill

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// domain is one entry of a list of domains that code may reach: "host", "host:port", "scheme://host", "*.host". Without
// a port it means the default port of the scheme, without a scheme both schemes.
type domain struct {
	scheme, host, port string
	below              bool // hosts below it, too
	itself             bool
}

// parseDomain reads an entry; false when there is no host in it, or when it would stand for a whole top-level domain.
func parseDomain(entry, dialect string) (domain, bool) {
	d := domain{itself: true}
	rest := strings.ToLower(strings.TrimSpace(entry))
	if scheme, after, ok := strings.Cut(rest, "://"); ok {
		d.scheme, rest = scheme, after
	}
	rest, _, _ = strings.Cut(rest, "/")
	if host, port, err := net.SplitHostPort(rest); err == nil {
		rest, d.port = host, port
	}
	rest = strings.TrimSuffix(strings.Trim(rest, "[]"), ".")
	if wild, ok := strings.CutPrefix(rest, "*."); ok {
		rest, d.below, d.itself = wild, true, false
	}
	_, err := netip.ParseAddr(rest)
	named := err != nil && strings.Contains(rest, ".")
	if d.below && !named || rest == "" || strings.ContainsAny(rest, "*@ ?#") {
		return d, false
	}
	// Alipay's list covers what lies below a domain; WeChat's names each host.
	d.below = d.below || (dialect == miniapp.MY && named)
	d.host = rest
	return d, d.scheme == "" || d.scheme == "https" || d.scheme == "http"
}

func parseDomains(list []string, dialect string) []domain {
	var out []domain
	for _, entry := range list {
		if d, ok := parseDomain(entry, dialect); ok {
			out = append(out, d)
		}
	}
	return out
}

var defaultPorts = map[string]string{"https": "443", "http": "80"}

// covers tells whether a URL may be asked by the entry.
func (d domain) covers(u *url.URL) bool {
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	if port == "" {
		port = defaultPorts[u.Scheme]
	}
	want := d.port
	if want == "" {
		want = defaultPorts[u.Scheme]
	}
	name := (d.itself && host == d.host) || (d.below && strings.HasSuffix(host, "."+d.host))
	return name && port == want && (d.scheme == "" || d.scheme == u.Scheme)
}

var errPrivate = errors.New("address not allowed")

// reserved are networks that are not the public internet, beside those that netip knows by itself.
var reserved = func() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10"} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}()

// checkAddress refuses an address that is not on the public internet.
func checkAddress(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return errPrivate
	}
	ip := ap.Addr().Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return errPrivate
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return errPrivate
		}
	}
	return nil
}

// checkInside refuses what even a merchant that may reach private addresses never needs: the addresses at which
// machines are told their secrets, and those that are no machine's.
func checkInside(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return errPrivate
	}
	ip := ap.Addr().Unmap().WithZone("")
	if ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() || !ip.IsValid() || ip == metadataV6 {
		return errPrivate
	}
	return nil
}

var metadataV6 = netip.MustParseAddr("fd00:ec2::254")
