// Package lawtest holds the rules of the house as tests: which package may import which, that packages and
// exported names are documented, that functions stay short, and that the tree speaks of the product only.
// It has no code besides its tests.
package lawtest
