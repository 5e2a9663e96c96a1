// How many columns of a terminal or of a mail text takes.

extension String {
  /// The number of columns in a fixed-pitch font: 2 for wide characters of East Asia and pictures,
  /// 0 for marks that stand on others, 1 for all else.
  var displayWidth: Int {
    // Most texts are ASCII, and looking up properties takes a hundred times longer.
    utf8.allSatisfy { 0x20..<0x7F ~= $0 } ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }

  /// The text with blanks behind it up to a number of columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// The text with blanks before it up to a number of columns.
  func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth)) + self
  }

  /// As many whole words as fit, line by line; words that are longer are divided.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      var word = String(word)
      if !line.isEmpty, line.displayWidth + 1 + word.displayWidth <= width {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while word.displayWidth > width {
        var (piece, columns) = ("", 0)
        while let first = word.first, columns + first.displayWidth <= width || piece.isEmpty {
          columns += first.displayWidth
          piece.append(word.removeFirst())
        }
        lines.append(piece)
      }
      line = word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}

extension Character {
  fileprivate var displayWidth: Int { unicodeScalars.map(\.displayWidth).max() ?? 0 }
}

extension Unicode.Scalar {
  /// After the East Asian width property (Unicode, UAX 11), in blocks.
  fileprivate var displayWidth: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
