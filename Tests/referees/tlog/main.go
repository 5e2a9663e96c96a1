// Referee of tests: reads and makes checkpoints and proofs with the code of Go's checksum database,
// golang.org/x/mod/sumdb (Debian: golang-golang-x-mod-dev). Entries stand one a line in a file.
//
//	tlog open VKEY < NOTE                            prints origin, size and root
//	tlog check VKEY LEAF PROOF                       checks the proof of the entry in the file LEAF
//	tlog consistency OLD_SIZE OLD_ROOT SIZE ROOT < HASHES
//	tlog make SEED ORIGIN ENTRIES INDEX              prints a proof with its checkpoint
//	tlog grow ENTRIES OLD_SIZE                       prints old root, root and consistency proof
//
// The status is 0, or 1 with the reason on standard error, or 2 for wrong arguments.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const proofHeader = "c2sp.org/tlog-proof@v1"

func main() {
	args := append(os.Args, "", "", "", "", "")
	switch args[1] {
	case "open":
		tree, origin := open(args[2], must(io.ReadAll(os.Stdin)))
		fmt.Printf("%s\n%d\n%s\n", origin, tree.N, tree.Hash)
	case "check":
		check(args[2], must(os.ReadFile(args[3])), string(must(os.ReadFile(args[4]))))
	case "consistency":
		proof := hashes(strings.Fields(string(must(io.ReadAll(os.Stdin)))))
		old, root := must(tlog.ParseHash(args[3])), must(tlog.ParseHash(args[5]))
		succeed(tlog.CheckTree(proof, number(args[4]), root, number(args[2]), old))
	case "make":
		prove(signer(args[2], args[3]), args[4], number(args[5]))
	case "grow":
		reader, size := store(args[2])
		old := number(args[3])
		fmt.Println(must(tlog.TreeHash(old, reader)))
		fmt.Println(must(tlog.TreeHash(size, reader)))
		for _, hash := range must(tlog.ProveTree(size, old, reader)) {
			fmt.Println(hash)
		}
	default:
		fmt.Fprintln(os.Stderr, "tlog: no such command")
		os.Exit(2)
	}
}

// open verifies a note and reads its three lines; tlog.ParseTree takes no other origin than
// that of the checksum database.
func open(vkey string, text []byte) (tree tlog.Tree, origin string) {
	verifier := must(note.NewVerifier(vkey))
	lines := strings.Split(must(note.Open(text, note.VerifierList(verifier))).Text, "\n")
	if len(lines) != 4 {
		succeed(errors.New("the note has not three lines"))
	}
	return tlog.Tree{N: number(lines[1]), Hash: must(tlog.ParseHash(lines[2]))}, lines[0]
}

func check(vkey string, leaf []byte, proof string) {
	head, checkpoint, _ := strings.Cut(proof, "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 2 || lines[0] != proofHeader {
		succeed(errors.New("this is no proof"))
	}
	index := number(strings.TrimPrefix(lines[1], "index "))
	tree, _ := open(vkey, []byte(checkpoint))
	path := hashes(lines[2:])
	succeed(tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(leaf)))
}

func prove(signer note.Signer, entries string, index int64) {
	reader, size := store(entries)
	root := must(tlog.TreeHash(size, reader))
	text := fmt.Sprintf("%s\n%d\n%s\n", signer.Name(), size, root)
	fmt.Printf("%s\nindex %d\n", proofHeader, index)
	for _, hash := range must(tlog.ProveRecord(size, index, reader)) {
		fmt.Println(hash)
	}
	fmt.Printf("\n%s", must(note.Sign(&note.Note{Text: text}, signer)))
}

// store hashes the entries of a file the way Go's logs keep them.
func store(file string) (tlog.HashReader, int64) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	text := strings.TrimSuffix(string(must(os.ReadFile(file))), "\n")
	entries := strings.Split(text, "\n")
	for place, entry := range entries {
		stored = append(stored, must(tlog.StoredHashes(int64(place), []byte(entry), reader))...)
	}
	return reader, int64(len(entries))
}

// signer makes Go's private form of a key from 64 hexadecimal digits of a seed.
func signer(digits, name string) note.Signer {
	seed := must(hex.DecodeString(digits))
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	vkey := must(note.NewEd25519VerifierKey(name, public))
	id := strings.Split(vkey, "+")[1]
	secret := base64.StdEncoding.EncodeToString(append([]byte{1}, seed...))
	return must(note.NewSigner("PRIVATE+KEY+" + name + "+" + id + "+" + secret))
}

func hashes(texts []string) (hashes []tlog.Hash) {
	for _, text := range texts {
		hashes = append(hashes, must(tlog.ParseHash(text)))
	}
	return hashes
}

func number(text string) int64 { return must(strconv.ParseInt(text, 10, 64)) }

func must[Value any](value Value, err error) Value {
	succeed(err)
	return value
}

func succeed(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "tlog:", err)
		os.Exit(1)
	}
}
