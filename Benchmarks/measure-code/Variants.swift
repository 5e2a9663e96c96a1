import MarkCode

/// Codes of other memories, found by the same search as the specification's.
enum Variants {
  static func code(memory: Int) -> MessageCode {
    switch memory {
    case 8: MessageCode(polynomials: memory8, memory: 8)
    case 9: MessageCode(polynomials: memory9, memory: 9)
    case 11: MessageCode(polynomials: memory11, memory: 11)
    case 12: MessageCode(polynomials: memory12, memory: 12)
    default: MessageCode()
    }
  }

  private static let memory8: [UInt32] = [
    0o455, 0o517, 0o771, 0o423, 0o675, 0o533,
    0o721, 0o627, 0o545, 0o437, 0o651, 0o753,
  ]
  private static let memory9: [UInt32] = [
    0o1771, 0o1565, 0o1307, 0o1461, 0o1663, 0o1137,
    0o1231, 0o1557, 0o1065, 0o1713, 0o1175, 0o1267,
  ]
  private static let memory11: [UInt32] = [
    0o4137, 0o5515, 0o7513, 0o4661, 0o6043, 0o7267,
    0o4265, 0o6451, 0o5363, 0o7305, 0o5727, 0o6331,
  ]
  private static let memory12: [UInt32] = [
    0o12643, 0o15635, 0o17041, 0o13453, 0o14325, 0o11147,
    0o17661, 0o10533, 0o16175, 0o13227, 0o14677, 0o16651,
  ]
}
