import HomeServer
import Testing

/// A look into a title is no view of it.
@Suite struct ViewingStartsTests {
  @Test func aSecondCountsFromItsBeginning() {
    var starts = ViewingStarts()
    #expect(starts.heard(0, 0..<600).isEmpty && starts.begun.isEmpty)
    #expect(starts.heard(0, 5000..<5399).isEmpty && starts.begun.isEmpty)
    #expect(starts.heard(0, 5399..<5400) == [0..<600, 5000..<5399, 5399..<5400])
    #expect(starts.begun == [0])
    #expect(starts.heard(0, 5400..<5401) == [5400..<5401])
  }

  @Test func everyTitleByItself() {
    var starts = ViewingStarts()
    #expect(starts.heard(0, 0..<999).isEmpty)
    #expect(starts.heard(1, 0..<999).isEmpty)
    #expect(starts.heard(2, 7000..<8000) == [7000..<8000])
    #expect(starts.begun == [2])
    #expect(starts.heard(1, 999..<1000) == [0..<999, 999..<1000])
    #expect(starts.begun == [1, 2])
  }
}
