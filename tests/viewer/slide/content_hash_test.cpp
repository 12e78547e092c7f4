// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/content_hash.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "tests/support/test_program.h"

namespace geneglass::content_hash_test {

static constexpr int64_t kMebibyte = 1 << 20;

class ContentHashTest : public QObject {
  Q_OBJECT
  QTemporaryDir m_folder;

  /// A file of `size` zeros (sparse) with one byte set at each place named.
  std::filesystem::path write(int64_t size, std::initializer_list<int64_t> places) {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("a.bin")).toStdString();
    std::ofstream(file, std::ios::trunc).close();
    std::filesystem::resize_file(file, static_cast<uintmax_t>(size));
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    for (const int64_t place : places) stream.seekp(place).put('x');
    return file;
  }
  std::string hashOf(int64_t size, std::initializer_list<int64_t> places) {
    return contentHash(write(size, places)).value_or("none");
  }

 private Q_SLOTS:
  void aSmallFileGivesTheSha256OfItsSizeAndAllItsBytes() {
    const QByteArray bytes = QByteArray::fromHex("0300000000000000") + "abc";
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("b.bin")).toStdString();
    std::ofstream(file) << "abc";
    QCOMPARE(contentHash(file).value(),
             QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString());
  }

  void upTo8MibEveryByteCounts() {
    const std::string plain = hashOf(8 * kMebibyte, {});
    QVERIFY(hashOf(8 * kMebibyte, {5 * kMebibyte + 77}) != plain);
    QVERIFY(hashOf(8 * kMebibyte, {8 * kMebibyte - 1}) != plain);
  }

  void ofALargeFileTheSizeBothEndsAndTheSamplesCount() {
    const int64_t size = 10'000 * kMebibyte;
    const std::string plain = hashOf(size, {});
    QCOMPARE(plain.size(), size_t{64});
    QCOMPARE(hashOf(size, {}), plain);
    QVERIFY(hashOf(size + 1, {}) != plain);
    QVERIFY(hashOf(size, {kMebibyte - 1}) != plain);
    QVERIFY(hashOf(size, {size - kMebibyte}) != plain);
    const int64_t step = (size - 2 * kMebibyte - 65536) / 63;
    QVERIFY(hashOf(size, {kMebibyte + 31 * step}) != plain);
    QVERIFY(hashOf(size, {kMebibyte + 63 * step + 65535}) != plain);
    QCOMPARE(hashOf(size, {kMebibyte + 31 * step - 1}), plain);
  }

  /// Kept features and predictions bear these digits: they may not change.
  void aLargeFileGivesTheSha256OfItsSizeEndsAndSamples() {
    const int64_t size = 10 * kMebibyte + 777;
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("c.bin")).toStdString();
    QByteArray bytes(size, '\0');
    for (int64_t i = 0; i < size; ++i)
      bytes[static_cast<qsizetype>(i)] = static_cast<char>(i * 2654435761u >> 24);
    std::ofstream(file, std::ios::binary).write(bytes.data(), size);
    QByteArray counted(8, '\0');
    for (int i = 0; i < 8; ++i) counted[i] = static_cast<char>(size >> (8 * i));
    counted += bytes.first(kMebibyte);
    const int64_t step = (size - 2 * kMebibyte - 65536) / 63;
    for (int i = 0; i < 64; ++i) counted += bytes.sliced(kMebibyte + i * step, 65536);
    counted += bytes.last(kMebibyte);
    QCOMPARE(contentHash(file).value(),
             QCryptographicHash::hash(counted, QCryptographicHash::Sha256).toHex().toStdString());
  }

  void aLargePartCountsByNameSizeEndsAndSamples() {
    std::vector<std::filesystem::path> parts;
    for (const char* name : {"d.bin", "part.dat"})
      parts.emplace_back(m_folder.filePath(QLatin1String(name)).toStdString());
    const auto hashWith = [&](int64_t place) {
      std::ofstream(parts[0]) << "abc";
      std::ofstream(parts[1]).close();
      std::filesystem::resize_file(parts[1], 100 * kMebibyte);
      std::fstream(parts[1], std::ios::in | std::ios::out | std::ios::binary).seekp(place).put('x');
      const PositionedFile file(parts[0]);
      return contentHash(file, parts[0], std::span(parts).last(1)).value();
    };
    const int64_t size = 100 * kMebibyte;
    const std::string plain = hashWith(size / 2 - 1);  // where no sample lies
    const int64_t step = (size - 3 * 65536) / 5;
    QCOMPARE(hashWith(65536 + 2 * step - 1), plain);
    for (const int64_t place : {int64_t{0}, int64_t{65535}, 65536 + 2 * step, size - 65536, size - 1})
      QVERIFY2(hashWith(place) != plain, qPrintable(QString::number(place)));
  }

  void aMissingFileIsASentence() {
    QCOMPARE(contentHash("/no/such.svs").error().sentence,
             std::string("Cannot read '/no/such.svs': No such file or directory."));
  }
};

}  // namespace geneglass::content_hash_test

GENEGLASS_TEST(geneglass::content_hash_test::ContentHashTest)
#include "content_hash_test.moc"
