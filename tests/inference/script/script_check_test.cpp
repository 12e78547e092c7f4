// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <map>

#include "inference/script/script_archive.h"
#include "tests/support/test_program.h"

namespace geneglass::script_check_test {

namespace {

using Members = std::map<std::string, std::string>;

/// What LibTorch writes of a module of one convolution.
const std::string kModule = R"(class Net(Module):
  __parameters__ = ["weight", ]
  __buffers__ = []
  weight : Tensor
  training : bool
  _is_full_backward_hook : Optional[bool]
  inner : __torch__.torch.nn.modules.container.Sequential
  kernel : Final[Tuple[int, int]] = (3, 3)
  def forward(self: __torch__.Net,
    x: Tensor) -> Tensor:
    _0 = __torch__.torch.nn.functional.softmax
    inner = self.inner
    _1 = (getattr(inner, "0")).forward(x, )
    y = torch.conv2d(_1, self.weight, None, [1, 1], [0, 0])
    B, C, H, W, = torch.size(y)
    if torch.__is__(self.weight, None):
      ops.prim.RaiseException("AssertionError: ")
    else:
      pass
    z = torch.slice(torch.relu_(y), 0, 0, 9223372036854775807)
    for i in range(torch.len([B, C])):
      z = torch.add(z, annotate(List[int], [1])[0], alpha=1)
    d = torch.zeros([H, W], dtype=ops.prim.dtype(z), device=ops.prim.device(z))
    return _0(torch.add(z, CONSTANTS.c0), -1, 3, None, )
)";

std::string reasonOf(const Members& members) {
  ScriptArchive archive;
  for (const auto& [name, text] : members) archive.names.push_back(name);
  archive.read = [&](const std::string& name) { return members.at(name); };
  const Result<void> fine = checkScriptArchive(archive);
  return fine ? "" : fine.error().sentence;
}

Members withCode(const std::string& code) {
  return {{"version", "3\n"},
          {"data.pkl", "\x80\x02)."},
          {"constants.pkl", "\x80\x02)."},
          {"code/__torch__.py", code}};
}

/// A method that does this.
std::string reasonOfLine(const std::string& line) {
  return reasonOf(withCode(kModule + "  def other(self, x: Tensor) -> Tensor:\n    " + line + "\n"));
}

std::string reasonOfPickle(const std::string& pickle) {
  Members members = withCode(kModule);
  members["data.pkl"] = pickle;
  return reasonOf(members);
}

std::string notRun(const std::string& what, const std::string& member = "code/__torch__.py") {
  return "its program is not run: '" + member + "' " + what + ", which no encoder needs";
}

}  // namespace

class ScriptCheckTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatEncodersAreMadeOfIsAllowed() {
    QCOMPARE(reasonOf(withCode(kModule)), std::string());
    for (const char* line :
         {"y = (x).mean([2, 3])", "return torch.mul_(x, -1e-05)", "x = x.contiguous().view([-1, 7])",
          "y = unchecked_cast(Tensor, x)  # torch.save(x, 'f')", "s = \"torch.save(x)\"",
          "y = torch.format(\"{}\", x)", "n = int(torch.size(x, 0))"})
      QCOMPARE(reasonOfLine(line), std::string());
  }

  void whatNoEncoderNeedsIsNamed_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("what");
    const std::pair<const char*, const char*> cases[] = {
        {"torch.save(\"owned\", \"/tmp/f\")", "holds 'torch.save'"},
        {"y = torch.from_file(\"/etc/passwd\", False, 100)", "holds 'torch.from_file'"},
        {"y = ops.aten.from_file(\"/etc/passwd\")", "holds 'ops.aten.from_file'"},
        {"y = ops.aten.save(x, \"/tmp/f\")", "holds 'ops.aten.save'"},
        {"(\"owned\").save(\"/tmp/f\")", "uses '.save'"},
        {"x.save(\"/tmp/f\")", "holds 'x.save'"},
        {"y = getattr(x, \"save\")(\"/tmp/f\")", "uses '.save'"},
        {"y = getattr(x, name)", "asks for a member whose name is not written down"},
        {"y = ^Evil()(x)", "calls Python"},
        {"y = ops.mine.evil(x)", "calls 'ops.mine.evil'"},
        {"y = ops.prim.rpc_async(x)", "holds 'ops.prim.rpc_async'"},
        {"y = ops.prim.Print(x)", "calls 'ops.prim.Print'"},
        {"y = torch.set_data(x, x)", "calls 'torch.set_data'"},
        {"y = x.backward()", "uses '.backward'"},
        {"t = torch", "calls 'torch'"},
        {"y = torch.classes.mine.Evil(x)", "calls 'torch.classes.mine.Evil'"},
        {"y = __torch__.torch.classes.mine.Evil(x)", "calls '__torch__.torch.classes.mine.Evil'"},
        {"y = fork(self.forward, x)", "holds 'fork'"},
        {"print(x)", "holds 'print'"},
        {"y = eval(\"1\")", "calls 'eval'"},
        {"while True:\n      pass", "holds a 'while'"},
        {"with x:\n      pass", "holds a 'with'"},
        {"import os", "holds a 'import'"},
        {"for i in range(9223372036854775807):\n      pass", "goes round 9223372036854775807 times"},
        {"return None\n  def __setstate__(self, state: int) -> NoneType:\n    return None",
         "holds '__setstate__'"},
        {"return None\nclass Own:\n  pass", "has a class of its own ('Own')"},
        {"return None\nclass Own(Enum):\n  a = 1", "has a class of its own ('Own')"},
        {"y = \"open", "holds a text without an end"},
        {"y = 5..save(\"/tmp/f\")", "uses '.save'"},
        {"y = x if x else x $ x", "holds a character (0x24) that TorchScript has not"},
        {"def f(x: int=torch.load(\"f\")) -> int:\n      return x", "holds 'torch.load'"}};
    for (const auto& [line, what] : cases) QTest::newRow(line) << line << what;
  }

  void whatNoEncoderNeedsIsNamed() {
    QFETCH(QString, line);
    QFETCH(QString, what);
    QCOMPARE(reasonOfLine(line.toStdString()), notRun(what.toStdString()));
  }

  void instructionsThatWouldMakeMoreThanTensorsAreNamed() {
    const auto whole = [](const std::string& middle) { return "\x80\x02" + middle + "."; };
    QCOMPARE(reasonOfPickle(
                 whole("ctorch._utils\n_rebuild_tensor_v2\nq\x01" + std::string("c__torch__\nNet\n)\x81}b"))),
             std::string());
    const std::pair<std::string, const char*> cases[] = {
        {whole("cos\nsystem\n(X\x02" + std::string(3, '\0') + "lstR"), "names 'os.system'"},
        {whole("c__torch__.torch.classes.mine\nEvil\n)\x81"), "names '__torch__.torch.classes.mine.Evil'"},
        {whole("ctorch.jit._pickle\nbuild_tensor_from_id\n"),
         "names 'torch.jit._pickle.build_tensor_from_id'"},
        {whole("ctorch.distributed.rpc\nrref\n"), "names 'torch.distributed.rpc.rref'"},
        {whole("ios\nsystem\n"), "holds an instruction (0x69) that LibTorch does not write"},
        {whole("\x8c\x02os\x93"), "holds an instruction (0x8c) that LibTorch does not write"},
        {"\x80\x02X\x64" + std::string(3, '\0') + "short.", "is not whole"},
        {"\x80\x02" + std::string("cos"), "is not whole"},
        {"", "is not whole"}};
    for (const auto& [pickle, what] : cases) QCOMPARE(reasonOfPickle(pickle), notRun(what, "data.pkl"));
  }

  void membersOfOtherKindsAreNamed() {
    Members members = withCode(kModule);
    members["code/evil.so"] = "x";
    QCOMPARE(reasonOf(members), notRun("is a member of another kind", "code/evil.so"));
    members = withCode(kModule);
    members["bytecode.pkl"] = "\x80\x02).";
    QCOMPARE(reasonOf(members), notRun("is a member of another kind", "bytecode.pkl"));
    members = withCode(kModule);
    members["code/deep/debug.py.debug_pkl"] = "\x80\x02" + std::string("cos\nsystem\n.");
    QCOMPARE(reasonOf(members), notRun("names 'os.system'", "code/deep/debug.py.debug_pkl"));
    QCOMPARE(reasonOfLine("y = " + std::string(101, '(') + "x" + std::string(101, ')')),
             notRun("nests brackets more than 100 deep"));
    members = withCode("#" + std::string(65 << 20, ' '));
    QCOMPARE(reasonOf(members), notRun("has more than 64 MiB"));
  }
};

}  // namespace geneglass::script_check_test

GENEGLASS_TEST(geneglass::script_check_test::ScriptCheckTest)
#include "script_check_test.moc"
