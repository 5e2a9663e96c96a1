import HomeServer
import Testing

@Suite struct CMCDTests {
  @Test func keys() {
    let report = CMCD("bl=21300,br=3200,cid=\"a,pr=0\",d=4004,nor=\"x\",pr=1.5,sid=\"6e2fb550\",su")
    #expect(report == CMCD(session: "6e2fb550", buffer: 21_300, rate: 1.5))
  }

  @Test(arguments: [
    "", ",", "=", "sid", "sid=", "sid=x", "sid=\"\"", "bl=-1", "bl=x", "bl=99999999999999999999",
    "pr=-1", "pr=1e9", "pr=nan", "pr=inf", "bl", "sid=\"\(String(repeating: "s", count: 65))\"",
  ])
  func nonsense(_ text: String) { #expect(CMCD(text) == CMCD()) }
}
