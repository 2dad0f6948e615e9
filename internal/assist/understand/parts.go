package understand

import "github.com/bangwo/bangwo/internal/catalog"

// parts takes a package with several skills apart: each skill is understood and planned as a service of its own, since
// its scenarios have nothing to do with one another. They keep the service's id.
func parts(services []catalog.Service) []catalog.Service {
	var out []catalog.Service
	for _, s := range services {
		if len(s.Skills) < 2 {
			out = append(out, s)
			continue
		}
		for _, sk := range s.Skills {
			p := s.Clone()
			p.Skills, p.Capabilities, p.Items = []catalog.Skill{sk}, nil, nil
			p.Description, p.Instruction = sk.Description, sk.Instruction
			if head := firstWords(sk.Description); head != "" {
				p.Name = s.Name + " · " + head
			}
			for _, c := range s.Capabilities {
				if c.Skill == sk.Name {
					p.Capabilities = append(p.Capabilities, c)
				}
			}
			for _, it := range s.Items {
				if it.Skill == sk.Name {
					p.Items = append(p.Items, it)
				}
			}
			if len(p.Capabilities) > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

// partID names a part in answers: the service's id, and the skill's name where it is one of several.
func partID(s catalog.Service) string {
	if len(s.Skills) == 1 {
		return s.ID + "/" + s.Skills[0].Name
	}
	return s.ID
}
