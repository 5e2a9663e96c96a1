import MarkCode

extension FilmDetector {
  /// How often made-up messages reach bounds at the first alignment of what is gathered, for
  /// measurements.
  ///
  /// - Parameter messages: that have nothing to do with the film, all of one length.
  /// - Returns: for each, the natural logarithm of the bound for one copy; none where no tile is found.
  package func innocentBounds(_ messages: [ImageMessage]) -> [Double] {
    var block: [Float] = []
    guard
      let code = detector.codes.first(where: { $0.code.messageBits == messages.first?.bitCount })
    else { return [] }
    let search = search()
    search.alignments { alignment in
      block = code.block(search.chips(alignment.fit))
      return false
    }
    guard !block.isEmpty else { return [] }
    let bound = CodewordBound(soft: block, code: code.code)
    return messages.map { message in
      let signs = code.signs(message)
      var sum = 0.0
      for position in block.indices { sum += Double(block[position]) * Double(signs[position]) }
      return bound.logarithm(correlation: sum)
    }
  }
}
