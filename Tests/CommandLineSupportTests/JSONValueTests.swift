import CommandLineSupport
import Testing

/// The text of JSON values.
@Suite struct JSONValueTests {
  @Test func membersKeepTheirOrder() {
    let value: JSONValue = ["type": "match", "n": 3, "b": [true, nil, 0.5], "a": ["x": 1]]
    #expect(value.compact == #"{"type":"match","n":3,"b":[true,null,0.5],"a":{"x":1}}"#)
  }

  @Test(arguments: [
    ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t\u{0}\u{1F}", #""\n\r\t\u0000\u001f""#), ("é/漢", "\"é/漢\""),
  ])
  func stringsAreEscaped(_ text: String, _ expected: String) {
    #expect(JSONValue.string(text).compact == expected)
  }

  @Test(arguments: [
    (0.1, "0.1"), (1e-7, "1e-07"), (2, "2"), (-0.0, "-0"), (1e300, "1e+300"),
    (.infinity, "null"), (.nan, "null"),
  ])
  func numbersAreShortest(_ value: Double, _ expected: String) {
    #expect(JSONValue.number(value).compact == expected)
  }

  @Test(arguments: [(0.125, 2, "0.12"), (0.375, 2, "0.38"), (-1, 0, "-1"), (1e300, 0, nil)])
  func decimalsAreFixed(_ value: Double, _ digits: Int, _ expected: String?) {
    let text = decimal(value, digits: digits)
    if let expected { #expect(text == expected) } else { #expect(text?.count == 301) }
  }

  @Test func theLargestIntegersAreWhole() {
    #expect(JSONValue.unsigned(.max).compact == "18446744073709551615")
    #expect(JSONValue.integer(.min).compact == "-9223372036854775808")
  }
}
