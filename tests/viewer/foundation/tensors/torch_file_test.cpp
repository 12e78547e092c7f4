// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/torch_file.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/support/test_program.h"
#include "tests/support/written_torch.h"

namespace geneglass::torch_file_test {

using namespace geneglass::testing;

/// What torch.save() writes, and what it would not.
class TorchFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path file() const { return m_folder.path().toStdString() + "/model.bin"; }
  std::map<std::string, std::string> six() const { return {{"0", bytesOf({0, 1, 2, 3, 4, 5})}}; }

  TensorFile read(const std::string& pickle, const std::map<std::string, std::string>& storages) const {
    writeTorchZip(file(), pickle, storages);
    const Result<TensorFile> tensors = readTorchFile(file());
    if (!tensors) qFatal("%s", tensors.error().sentence.c_str());
    return *tensors;
  }
  /// What follows the file's name.
  std::string reason(const std::string& pickle) const {
    writeTorchZip(file(), pickle, six());
    return reason();
  }
  std::string reason() const {
    const Result<TensorFile> tensors = readTorchFile(file());
    if (tensors) return "it was read";
    const std::string start = "Cannot read '" + file().string() + "': ", said = tensors.error().sentence;
    return said.starts_with(start) ? said.substr(start.size()) : said;
  }
  static std::string dictionaryOf(const std::string& tensor) { return pickledDictionary({{"w", tensor}}); }

 private Q_SLOTS:
  void tensorsAreReadWithTheirNames() {
    const TensorFile tensors{{"a.weight", {{2, 3}, {0, 1, 2, 3, 4, 5}}}, {"b", {{1}, {7}}}, {"c", {{}, {8}}}};
    writeTorch(file(), tensors);
    const Result<TensorFile> read = readTorchFile(file());
    QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->size(), tensors.size());
    for (const auto& [name, tensor] : tensors) {
      QVERIFY(read->at(name).shape == tensor.shape);
      QVERIFY(read->at(name).values == tensor.values);
    }
  }

  void aViewIsReadByItsStrides() {
    const TensorFile tensors =
        read(dictionaryOf(pickledTensor("FloatStorage", "0", 1, {2, 2}, {1, 3})), six());
    QVERIFY(tensors.at("w").values == (std::vector<float>{1, 4, 2, 5}));
  }

  void halvesAndDoublesAreRead() {
    const std::string doubles(reinterpret_cast<const char*>(std::vector<double>{1.5, -2}.data()), 16);
    const std::string halves = std::string{0, 0x3c, 0, char(0xc0)}, brains = std::string{char(0x80), 0x3f};
    const TensorFile tensors =
        read(pickledDictionary({{"d", pickledTensor("DoubleStorage", "0", 0, {2}, {1})},
                                {"h", pickledTensor("HalfStorage", "1", 0, {2}, {1})},
                                {"b", pickledTensor("BFloat16Storage", "2", 0, {1}, {1})},
                                {"bn.num_batches_tracked", pickledTensor("LongStorage", "3", 0, {}, {})}}),
             {{"0", doubles}, {"1", halves}, {"2", brains}});
    QVERIFY(tensors.at("d").values == (std::vector<float>{1.5f, -2}));
    QVERIFY(tensors.at("h").values == (std::vector<float>{1, -2}));
    QVERIFY(tensors.at("b").values == std::vector<float>{1});
    QCOMPARE(tensors.size(), size_t(3));
  }

  void aTensorAloneHasNoNameAndWholeNumbersAreRead() {
    const std::string longs(reinterpret_cast<const char*>(std::vector<int64_t>{7, -9}.data()), 16);
    const TensorFile tensors = read(pickledTensor("LongStorage", "0", 0, {2}, {1}), {{"0", longs}});
    QCOMPARE(tensors.size(), size_t(1));
    QVERIFY(tensors.at("").values == (std::vector<float>{7, -9}));
  }

  void aDictionaryWithinOneIsRead() {
    const std::string inner = dictionaryOf(pickledTensor("FloatStorage", "0", 0, {6}, {1}));
    const TensorFile tensors = read(pickledDictionary({{"epoch", "K\x05"}, {"state_dict", inner}}), six());
    QCOMPARE(tensors.at("w").values.size(), size_t(6));
  }

  void codeIsRefusedByName() {
    QCOMPARE(reason("cposix\nsystem\n(" + pickledText("true") + "tR"),
             std::string("its pickle holds code ('posix.system'), which weights do not need and which is not "
                         "run here."));
    QCOMPARE(
        reason(pickledText("builtins") + pickledText("eval") + "\x93"),
        std::string("its pickle holds code ('builtins.eval'), which weights do not need and which is not "
                    "run here."));
    QCOMPARE(reason("ctorch\nload\n"), std::string("its pickle holds code ('torch.load'), which weights do "
                                                   "not need and which is not run here."));
    QCOMPARE(reason("}\x81"),
             std::string("its pickle holds an instruction (0x81) that weights do not need."));
  }

  void whatIsNoDictionaryOfTensorsIsRefused() {
    QCOMPARE(reason("K\x05"), std::string("its pickle holds no dictionary of tensors."));
    // A list that holds itself.
    QCOMPARE(reason("]q\x01h\x01"
                    "a"),
             std::string("its pickle holds no dictionary of tensors."));
    QCOMPARE(reason("}"), std::string("its pickle holds no dictionary of tensors."));
    QCOMPARE(reason("}X\x05"), std::string("its pickle is not whole."));
    QCOMPARE(reason("u"), std::string("its pickle takes what is not there."));
    QCOMPARE(reason("h\x03"), std::string("its pickle takes what is not there."));
    QCOMPARE(reason("K\x05K\x06s"), std::string("its pickle takes what is not there."));
    QCOMPARE(reason(")" + std::string(100, '\x85')), std::string("its pickle is nested too deeply."));
    QCOMPARE(reason("K\x05)R"), std::string("its pickle is not as PyTorch writes it."));
  }

  void numbersThatAreNotInTheFileAreRefused() {
    const auto one = [&](const std::string& type, const std::string& storage, int64_t offset, int64_t side,
                         int64_t stride) {
      return reason(dictionaryOf(pickledTensor(type, storage, offset, {side}, {stride})));
    };
    QCOMPARE(one("FloatStorage", "0", 1, 6, 1),
             std::string("the tensor 'w' ends where the file does not reach."));
    QCOMPARE(one("FloatStorage", "0", 0, 4, 2),
             std::string("the tensor 'w' ends where the file does not reach."));
    QCOMPARE(one("FloatStorage", "0", 7, 0, 1),
             std::string("the tensor 'w' ends where the file does not reach."));
    QCOMPARE(one("FloatStorage", "0", 0, -1, 1),
             std::string("the tensor 'w' has a shape that is none, or too large."));
    QCOMPARE(one("FloatStorage", "0", 0, 2, -1),
             std::string("the tensor 'w' has a shape that is none, or too large."));
    QCOMPARE(one("FloatStorage", "9", 0, 1, 1), std::string("the numbers of the tensor 'w': it is missing."));
    QCOMPARE(one("ComplexFloatStorage", "0", 0, 1, 1),
             std::string("the tensor 'w' is of the type 'ComplexFloatStorage', which is not read."));
  }

  void aFileThatIsNoneIsRefused() {
    std::ofstream(file()) << "junk";
    QVERIFY2(reason().starts_with("it is no zip archive, or not whole ("), reason().c_str());
    writeZip(file(), {{"a.txt", "a"}});
    QCOMPARE(reason(), std::string("there is no data.pkl in it: torch.save() did not write it."));
    writeTorch(file(), {{"w", {{6}, {0, 1, 2, 3, 4, 5}}}});
    std::filesystem::resize_file(file(), std::filesystem::file_size(file()) - 10);
    QVERIFY2(reason().starts_with("it is no zip archive, or not whole ("), reason().c_str());
  }
};

}  // namespace geneglass::torch_file_test

GENEGLASS_TEST(geneglass::torch_file_test::TorchFileTest)
#include "torch_file_test.moc"
