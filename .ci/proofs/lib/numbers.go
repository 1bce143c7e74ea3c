// Prints each double of the input, eight bytes the lowest first, as client_golang's encoder formats a value.
package main

import (
	"bufio"
	"encoding/binary"
	"io"
	"math"
	"os"
	"strconv"
)

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	var word [8]byte
	var line []byte
	for {
		if _, err := io.ReadFull(in, word[:]); err != nil {
			return
		}
		value := math.Float64frombits(binary.LittleEndian.Uint64(word[:]))
		line = append(strconv.AppendFloat(line[:0], value, 'g', -1, 64), '\n')
		if _, err := out.Write(line); err != nil {
			os.Exit(74)
		}
	}
}
