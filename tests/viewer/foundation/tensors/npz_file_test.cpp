// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/support/written_npz.h"
#include "viewer/foundation/tensors/npz_file.h"

namespace geneglass::npz_file_test {

using namespace geneglass::testing;

class NpzFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path file() const { return m_folder.path().toStdString() + "/weights.npz"; }

  std::string refusal() const {
    const Result<TensorFile> read = readNpz(file());
    return read ? "" : read.error().sentence;
  }
  /// Of the one array with that header.
  std::string refusalOf(const std::string& header, size_t bytes) const {
    writeZip(file(), {{"a.npy", numpyBytes(header, std::string(bytes, '\0'))}});
    return refusal();
  }
  std::string named(const std::string& why) const { return "Cannot read '" + file().string() + "': " + why; }

 private Q_SLOTS:
  void arraysAreReadStoredOrPacked() {
    const StoredTensor matrix{{2, 3}, {1, -2, 3.5f, 0, 1e-30f, 7}}, vector{{4}, {1, 2, 3, 4}}, one{{}, {5}};
    for (const bool packed : {false, true}) {
      writeZip(file(),
               {{"b.npy", numpyBytes(matrix)}, {"a.npy", numpyBytes(vector)}, {"c.npy", numpyBytes(one)}},
               packed);
      const Result<TensorFile> read = readNpz(file());
      QVERIFY2(read.has_value(), refusal().c_str());
      QCOMPARE(read->size(), size_t(3));
      QVERIFY(read->at("b").shape == matrix.shape && read->at("b").values == matrix.values);
      QVERIFY(read->at("a").shape == vector.shape && read->at("a").values == vector.values);
      QVERIFY(read->at("c").shape == one.shape && read->at("c").values == one.values);
    }
  }

  void halfPrecisionBecomesTheSameNumbers() {
    const uint16_t halves[] = {0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x3555, 0x7c00};
    writeZip(file(), {{"a.npy", numpyBytes("{'descr': '<f2', 'fortran_order': False, 'shape': (7,), }\n",
                                           {reinterpret_cast<const char*>(halves), sizeof(halves)})}});
    const Result<TensorFile> read = readNpz(file());
    QVERIFY2(read.has_value(), refusal().c_str());
    const std::vector<float> expected{1, -2, 65504, 5.9604645e-8f, 0, 0.333251953125f, INFINITY};
    QVERIFY(read->at("a").values == expected);
  }

  void anArrayThatIsNotPlainNumbersIsRefusedByName_data() {
    QTest::addColumn<QString>("header");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* name, const char* header, int bytes, const char* why) {
      QTest::newRow(name) << header << bytes << why;
    };
    row("double", "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n", 8,
        "its numbers are '<f8'; read are '<f4' and '<f2'.");
    row("big-endian", "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }\n", 4,
        "its numbers are '>f4'; read are '<f4' and '<f2'.");
    row("objects, a pickle", "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n", 8,
        "its numbers are '|O'; read are '<f4' and '<f2'.");
    row("column by column", "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }\n", 16,
        "its numbers are in Fortran's order.");
    row("records", "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }\n", 4,
        "it is no NumPy array of plain numbers.");
    row("no header", "", 4, "it is no NumPy array of plain numbers.");
    row("too few numbers", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n", 12,
        "it holds 12 bytes of numbers where its shape takes 16.");
    row("too many numbers", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n", 12,
        "it holds 12 bytes of numbers where its shape takes 8.");
    row("more than there is memory",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999, 999999999, 999999999), }\n", 4,
        "its shape is too large.");
    row("a side beyond 64 bits",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (36893488147419103233,), }\n", 4,
        "its shape is too large.");
  }
  void anArrayThatIsNotPlainNumbersIsRefusedByName() {
    QFETCH(QString, header);
    QFETCH(int, bytes);
    QFETCH(QString, why);
    QCOMPARE(QString::fromStdString(refusalOf(header.toStdString(), size_t(bytes))),
             QString::fromStdString(named("the array 'a': ")) + why);
  }

  void aMemberThatIsNoArrayIsRefusedByName() {
    writeZip(file(), {{"code.py", "import os"}});
    QCOMPARE(QString::fromStdString(refusal()),
             QString::fromStdString(named("'code.py' in it is no NumPy array.")));
  }

  void aFileThatIsNotThereIsRefused() {
    std::filesystem::remove(file());
    QVERIFY(refusal().starts_with(named("it is no zip archive, or not whole (No such file)")));
  }

  void aFileIsRefusedWhereverItEnds() {
    writeZip(file(), {{"a.npy", numpyBytes(StoredTensor{{64}, std::vector<float>(64, 1)})}});
    const std::string whole = bytesOfFile(file());
    for (size_t end = 0; end < whole.size(); ++end) {
      std::ofstream(file(), std::ios::binary | std::ios::trunc) << whole.substr(0, end);
      QVERIFY2(refusal().starts_with(named("it is no zip archive, or not whole (")), refusal().c_str());
    }
  }

  void aByteThatChangedIsFoundByTheCheckSum() {
    writeZip(file(), {{"a.npy", numpyBytes(StoredTensor{{64}, std::vector<float>(64, 1)})}});
    std::string bytes = bytesOfFile(file());
    bytes[bytes.size() / 2] ^= 1;
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
    QCOMPARE(QString::fromStdString(refusal()),
             QString::fromStdString(named("the array 'a': it is damaged (CRC error).")));
  }
};

}  // namespace geneglass::npz_file_test

GENEGLASS_TEST(geneglass::npz_file_test::NpzFileTest)
#include "npz_file_test.moc"
