package service

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// MaxOrders bounds what is kept; the oldest go first.
const MaxOrders = 5000

// Order is a booked ride.
type Order struct {
	ID        string `json:"id"`
	Quote     string `json:"quote"` // the quote's id: one order a quote
	From      string `json:"from"`
	To        string `json:"to"`
	Car       string `json:"car"`
	Amount    int64  `json:"amount"` // fen
	Metres    int    `json:"metres"`
	Phone     string `json:"phone,omitempty"`
	Note      string `json:"note,omitempty"`
	Booked    int64  `json:"booked"` // Unix seconds
	Cancelled int64  `json:"cancelled,omitempty"`
	Fee       int64  `json:"fee,omitempty"` // fen, of cancelling
	Driver    int    `json:"driver"`
}

// book is all that is kept.
type book struct {
	Orders []Order `json:"orders"`
	Next   int     `json:"next"`
	Rush   bool    `json:"rush"` // fares have risen
	Died   bool    `json:"died"` // the fault die-mid-call has struck
}

// keeper keeps the book in memory, or in a file shared by processes.
type keeper struct {
	file string
	mu   sync.Mutex
	mem  book
}

// change runs f on the book and keeps what it made of it, unless it fails.
func (k *keeper) change(f func(b *book) error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.file == "" {
		return f(&k.mem)
	}
	unlock, err := lockFile(k.file + ".lock")
	if err != nil {
		return err
	}
	defer unlock()
	b, err := k.read()
	if err != nil {
		return err
	}
	if err := f(&b); err != nil {
		return err
	}
	return k.write(b)
}

// look returns the book as it stands; it must not be changed.
func (k *keeper) look() (book, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.file != "" {
		return k.read() // replaced whole, so that no lock is needed
	}
	b := k.mem
	b.Orders = slices.Clone(b.Orders)
	return b, nil
}

func (k *keeper) read() (book, error) {
	var b book
	data, err := os.ReadFile(k.file)
	if errors.Is(err, os.ErrNotExist) {
		return b, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &b)
	}
	if err != nil {
		return b, fmt.Errorf("read the orders: %w", err)
	}
	return b, nil
}

// write replaces the file whole, so that a process that dies leaves the old or the new one.
func (k *keeper) write(b book) error {
	if over := len(b.Orders) - MaxOrders; over > 0 {
		b.Orders = b.Orders[over:]
	}
	data, err := json.Marshal(b)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(k.file), ".rides-*")
	if err != nil {
		return fmt.Errorf("keep the orders: %w", err)
	}
	_, err = temp.Write(data)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), k.file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep the orders: %w", err), os.Remove(temp.Name()))
	}
	return nil
}

func (b *book) order(id string) *Order {
	for i := range b.Orders {
		if b.Orders[i].ID == id {
			return &b.Orders[i]
		}
	}
	return nil
}

func (b *book) ofQuote(quote string) *Order {
	for i := range b.Orders {
		if b.Orders[i].Quote == quote {
			return &b.Orders[i]
		}
	}
	return nil
}
