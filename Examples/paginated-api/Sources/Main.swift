@main
struct Main {
    static func main() { print("paginated-api is not written yet") }
}
