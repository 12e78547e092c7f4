// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/safetensors_file.h"

#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/support/written_safetensors.h"

namespace geneglass::safetensors_file_test {

using namespace geneglass::testing;

class SafetensorsFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path file() const { return m_folder.path().toStdString() + "/model.safetensors"; }
  void write(const std::string& bytes) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }
  QString refusal() const {
    const Result<TensorFile> read = readSafetensors(file());
    return read ? QString() : QString::fromStdString(read.error().sentence);
  }
  QString named(const QString& why) const {
    return QStringLiteral("Cannot read '%1': %2.").arg(QString::fromStdString(file().string()), why);
  }

 private Q_SLOTS:
  void tensorsAreReadAsTheyWereWritten() {
    const TensorFile tensors{
        {"a.weight", {{2, 3}, {1, -2, 3.5f, 0, 1e-30f, 7}}}, {"b", {{}, {4}}}, {"c", {{0}, {}}}};
    writeSafetensors(file(), tensors);
    const Result<TensorFile> read = readSafetensors(file());
    QVERIFY2(read.has_value(), qPrintable(refusal()));
    QCOMPARE(read->size(), size_t(3));
    for (const auto& [name, tensor] : tensors)
      QVERIFY(read->at(name).shape == tensor.shape && read->at(name).values == tensor.values);
  }

  void halvesOfBothKindsBecomeTheSameNumbersAndCountersArePassedOver() {
    write(safetensorsBytes(R"({"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},)"
                           R"("b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},)"
                           R"("bn1.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[8,16]}})",
                           std::string("\x00\x3c\x00\xc0\x80\x3f\x20\xc1", 8) + std::string(8, '\0')));
    const Result<TensorFile> read = readSafetensors(file());
    QVERIFY2(read.has_value(), qPrintable(refusal()));
    QCOMPARE(read->size(), size_t(2));
    QVERIFY(read->at("h").values == (std::vector<float>{1, -2}));
    QVERIFY(read->at("b").values == (std::vector<float>{1, -10}));
  }

  void whatDoesNotFitIsRefusedByName_data() {
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* name, const char* header, const char* why) {
      QTest::newRow(name) << header << why;
    };
    row("no JSON", "{\"w\":", "its header is not valid JSON");
    row("deep", "{\"w\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "its header is nested deeper than 64 levels");
    row("no object", "[1]", "its header is no JSON object");
    row("no facts", R"({"w":1})", "the tensor 'w' has no dtype, shape and data_offsets");
    row("one offset", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}})",
        "the tensor 'w' has no dtype, shape and data_offsets");
    row("below 0", R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})",
        "the tensor 'w' has no dtype, shape and data_offsets");
    row("double", R"({"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})",
        "the tensor 'w' is of the type 'F64'; read are F32, F16 and BF16");
    row("beyond the end", R"({"w":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}})",
        "the tensor 'w' ends where the file does not reach");
    row("beyond 64 bits",
        R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[18446744073709551612,18446744073709551615]}})",
        "the tensor 'w' ends where the file does not reach");
    row("backwards", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}})",
        "the tensor 'w' ends where the file does not reach");
    row("too few bytes", R"({"w":{"dtype":"F32","shape":[4],"data_offsets":[0,12]}})",
        "the tensor 'w' has 12 bytes where its shape takes 16");
    row("a shape beyond 64 bits",
        R"({"w":{"dtype":"F32","shape":[8589934592,8589934592],"data_offsets":[0,16]}})",
        "the tensor 'w' has a shape that is too large");
  }
  void whatDoesNotFitIsRefusedByName() {
    QFETCH(QString, header);
    QFETCH(QString, why);
    write(safetensorsBytes(header.toStdString(), std::string(16, '\0')));
    QCOMPARE(refusal(), named(why));
  }

  void aFileIsRefusedWhereverItEnds() {
    writeSafetensors(file(), {{"w", {{4}, {1, 2, 3, 4}}}});
    const std::string whole = bytesOfFile(file());
    for (size_t end = 0; end < whole.size(); ++end) {
      write(whole.substr(0, end));
      const QString said = refusal();
      QVERIFY2(said == named(QStringLiteral("it is no safetensors file, or not whole")) ||
                   said == named(QStringLiteral("the tensor 'w' ends where the file does not reach")),
               qPrintable(said));
    }
  }

  void aFileThatIsNotThereIsRefused() {
    std::filesystem::remove(file());
    QCOMPARE(refusal(), named(QStringLiteral("there is no such file that can be read")));
  }
};

}  // namespace geneglass::safetensors_file_test

GENEGLASS_TEST(geneglass::safetensors_file_test::SafetensorsFileTest)
#include "safetensors_file_test.moc"
